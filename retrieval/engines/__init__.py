"""Vector engines behind one small protocol."""

from retrieval.engines.faiss import FaissIndex
from retrieval.engines.index import VectorIndex

__all__ = ["FaissIndex", "VectorIndex"]
