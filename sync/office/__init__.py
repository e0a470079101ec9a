"""The office's end of a notice's way: drafts, audit, two seals, publication, the stick.

    file → draft → audit → seal (committee) → seal (supervision committee) → feed/ → web server, stick

`Office` has every verb of the program kiosk-publish.
"""

from sync.office.composing import Details
from sync.office.desk import Office
from sync.office.founding import Holders
from sync.office.keys import Duty
from sync.office.sealing import Outcome

__all__ = ["Details", "Duty", "Holders", "Office", "Outcome"]
