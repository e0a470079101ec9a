"""Every view that a screen can be asked to draw; which one stands now is `kiosk.scene`."""

from kiosk.present.about import AboutView, AuditView
from kiosk.present.changes import ChangesView
from kiosk.present.home import HomeView
from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.picture import PictureView
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.present.term import TermView

View = (
    IdleView | EmptyView | HomeView | ListView | NoticeView | LedgerView | PictureView | AboutView
    | AuditView | ChangesView | TermView | StatusView | SearchView | PastView
)  # fmt: skip
