"""Changes the router while the speaker runs."""

from edge.nlu.home_names import HomeNames
from edge.route import Router
from edge.runtime.hosted import Hosted
from edge.settings import Escalate


class LiveRouter:
    """Passes changes to the router, and all of them again to one that replaces it after it has hung."""

    def __init__(self, router: Hosted[Router], names: HomeNames, mode: Escalate) -> None:
        """`names` and `mode` are those that the router was opened with."""
        self._router = router
        self._names = names
        self._mode: Escalate = mode
        self._new_names = False
        self._configured: Router | None = None

    async def use(self, names: HomeNames) -> None:
        """See `Router.use`."""
        self._names, self._new_names = names, True
        await self._router.configure(self._apply)

    async def read_sentences(self) -> None:
        """Read the sentence files again."""
        await self.use(self._names)

    async def escalate(self, mode: Escalate) -> None:
        """See `Router.escalate`."""
        self._mode = mode
        await self._router.configure(self._apply)

    def _apply(self, router: Router) -> None:
        """Blocks for half a second if there are new names, or a new router."""
        replaced = self._configured not in {None, router}
        if self._new_names or replaced:
            router.use(self._names)
        self._new_names, self._configured = False, router
        router.escalate(self._mode)
