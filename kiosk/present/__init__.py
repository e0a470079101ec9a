"""What each screen says: a frozen view model for every screen, in words and numbers.

Pure: from the board, the store's records and the catalogue to what is to be read. Sizes, colours and
places on the glass are `kiosk.ui`; what is on the board is `kiosk.board`.
"""
