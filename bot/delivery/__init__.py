"""Taking updates from Telegram so that none is lost and none is answered twice."""

from bot.delivery.health import Health
from bot.delivery.lanes import Lanes
from bot.delivery.polling import Polling
from bot.delivery.waiting import seconds_of

__all__ = ["Health", "Lanes", "Polling", "seconds_of"]
