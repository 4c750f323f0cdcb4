"""/stats: figures for the bot's operators."""

from datetime import timedelta

from telegram import Update

from bot.delivery import Health
from bot.markup import plain
from bot.metrics import Metrics
from bot.sending import reply
from bot.services import Context, services_of
from bot.translations import Translate


async def stats(update: Update, context: Context) -> None:
    """Show the tallies, to an operator and in a group of them; for nobody else does it exist."""
    message, services = update.effective_message, services_of(context)
    user, chat = update.effective_user, update.effective_chat
    present = {found.id for found in (user, chat) if found is not None}
    if message is None or not present & services.settings.admins:
        return
    _ = await services.words(user)
    store = services.store
    totals = await store.counts.totals() | {"vote": await store.votes.totals()}
    await reply(message, [plain(stats_text(totals, services.metrics, services.health, _))])


def stats_text(
    totals: dict[str, dict[str, int]], metrics: Metrics, health: Health, _: Translate
) -> str:
    """Return the tallies, time to answer, time since the start and health, a line each."""
    names = {"status": _("Questions"), "language": _("Languages"), "vote": _("Votes")}
    lines = [
        f"{name}: {sum(totals.get(key, {}).values())}"
        + "".join(f"  {label} {count}" for label, count in totals.get(key, {}).items())
        for key, name in names.items()
    ]
    if latency := metrics.latency:
        lines.append(
            _("Time to answer: p50 {p50:.0f} ms, p95 {p95:.0f} ms").format(
                p50=latency.p50 * 1000, p95=latency.p95 * 1000
            )
        )
    lines.append(_("Running for {time}").format(time=timedelta(seconds=int(metrics.uptime))))
    if not health.is_well:
        lines.append(
            _("Calls to Telegram that failed since the last contact: {count}").format(
                count=f"{health.failures} {health.error}"
            )
        )
    return "\n".join(lines)
