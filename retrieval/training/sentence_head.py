"""The sentence term of the objective: of an article's sentences, the one that answers is nearest.

It teaches the adapter what `retrieval.sentence_classifier` is later fitted on. The rows that stand
for the sentences begin at the sentences' own vectors and are trained beside the adapter.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus import Document, Question
from retrieval.sentence_classifier import sentence_owners
from retrieval.training.sentence_fit import named_sentences

if TYPE_CHECKING:
    import torch

_NEVER = -1e4


class SentenceHead:
    """Hold a trained row for each sentence of a document, in the order of its passages."""

    def __init__(
        self, document: Document, vectors: "torch.Tensor", questions: Sequence[Question]
    ) -> None:
        """Take the vectors of the sentences, unit rows (sentences, dimension), and all questions."""
        import torch

        self.rows = torch.nn.Parameter(vectors.clone())
        owners = sentence_owners(document)
        self._told = {
            id(questions[row]): (torch.from_numpy(owners == article), marked)
            for row, article, marked in named_sentences(document, questions)
        }

    def loss(
        self, queries: "torch.Tensor", batch: Sequence[Question], temperature: float
    ) -> "torch.Tensor":
        """Return the negative log share, among its article's sentences, of those a question names.

        The mean is over the whole batch; questions that name no sentence add nothing to it.
        """
        import torch

        asked = [row for row, question in enumerate(batch) if id(question) in self._told]
        if not asked:
            return queries.new_zeros(())
        told = [self._told[id(batch[row])] for row in asked]
        logits = queries[asked] @ self.rows.T / temperature
        logits = logits.masked_fill(~torch.stack([own for own, _marked in told]), _NEVER)
        others = torch.ones(logits.shape, dtype=torch.bool)
        for row, (_own, marked) in enumerate(told):
            others[row, marked] = False
        of_marked = logits.masked_fill(others, _NEVER)
        return (logits.logsumexp(1) - of_marked.logsumexp(1)).sum() / len(batch)
