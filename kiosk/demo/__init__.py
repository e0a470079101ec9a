"""The demo village: a real office, feed, sync, help line and screen on one machine.

    village     seals the demo's notices, as an office does
    web         serves the feed and answers calls for help
    programs    the kiosk's three programs as processes
    display     a virtual screen where there is none
    tape        records what the loudspeaker would say
    villager    touches the screen and takes pictures of it
    visit       what the villager does
    album       puts the pictures into the documents

Not part of the product: nothing imports it.
"""
