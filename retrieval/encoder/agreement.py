"""Check an exported encoder against the model it came from, on sentences that never change."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.card import Agreement
from retrieval.encoder.encoder import Encoder
from retrieval.encoder.errors import ExportDisagrees
from retrieval.encoder.loading import prompts_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

LEAST_COSINE: Final = 0.98

CHECK_SENTENCES: Final = (
    "今天下午三點以前，請把會議紀錄寄給所有與會的人。",
    "台南的虱目魚粥和碗粿，哪一家開得最早？",
    "這座水庫在梅雨季之前只剩兩成的水量，農民擔心第二期稻作沒有水可以灌溉，市政府因此決定先"
    "停止供應工業區三天，再看月底的鋒面能不能帶來足夠的雨，同時也請各里里長挨家挨戶說明。",
    "第 12 條規定的罰款是多少？",
    "图书馆周末几点关门？",
    "我把自行车停在地铁站旁边，回来的时候发现车座不见了。",
    "研究人员在高原湖泊的沉积物里找到了一万两千年前的花粉，由此推断当时的夏季比现在凉爽，"
    "雨水却更多；不过他们也承认，仅凭一处钻孔还不能代表整个流域，需要在更多地点取样。",
    "怎么用 Python 读取 CSV 文件？",
    "Where can I renew my passport?",
    "The ferry was late again, so we missed the last train to the coast.",
    "Each member shall keep an inventory of the equipment it has received, report any loss within "
    "thirty days, and allow an independent inspector to visit the store at least once a year; a "
    "member that cannot do so for reasons of cost may ask the secretariat for help in advance.",
    "sourdough starter smells like nail polish remover",
    "明日の天気はどうですか。",
    "祖母は毎朝、庭の金木犀に水をやってから新聞を読みます。",
    "この装置を初めて使う前に、必ず電源を切り、付属の説明書の第三章を最後まで読んでください。"
    "特に水の近くで使う場合は、感電のおそれがあるため、資格を持つ技術者に設置を依頼することを"
    "おすすめします。",
    "新幹線の自由席は予約できる?",
    "Quel est le prix d'un billet pour Lyon ?",
    "Le boulanger du quartier ferme ses portes après quarante ans.",
    "Bien que les essais aient montré une nette amélioration du rendement, l'équipe préfère "
    "attendre les résultats de l'hiver prochain avant de recommander la nouvelle variété aux "
    "agriculteurs, car le gel de mars avait détruit presque toute la récolte précédente.",
    "Comment réparer un robinet qui goutte ?",
    "¿Cuándo empieza el curso de cerámica?",
    "Mi hermana toca el violonchelo en la orquesta de Valparaíso.",
    "La comisión publicará antes del 31 de diciembre un informe sobre el estado de los puentes de "
    "la provincia, en el que se indicará para cada uno el año de construcción, las reparaciones "
    "hechas hasta la fecha y el presupuesto necesario para los próximos cinco años.",
    "recetas sin gluten para un cumpleaños",
)


def check_agreement(encoder: Encoder, model: "SentenceTransformer") -> Agreement:
    """Return how well `encoder` reproduces `model`; sentences are taken as queries and passages.

    Raises:
        ExportDisagrees: one cosine is below `LEAST_COSINE`, or is no number.
    """
    sentences = list(CHECK_SENTENCES)
    query_prompt, passage_prompt = prompts_of(model)
    cosines = np.concatenate(
        [
            _cosines(encoder.encode_queries(sentences), model, sentences, query_prompt),
            _cosines(encoder.encode_passages(sentences), model, sentences, passage_prompt),
        ]
    )
    lowest = float(cosines.min())
    if not lowest >= LEAST_COSINE:
        at = int(np.argmin(cosines)) % len(sentences)
        raise ExportDisagrees(
            f"The exported encoder reproduces the model to a cosine of {lowest:.4f} only, expected "
            f"at least {LEAST_COSINE}; worst on {sentences[at]!r}. Choose another model."
        )
    return Agreement(len(cosines), round(lowest, 6), round(float(cosines.mean()), 6))


def _cosines(
    exported: Vectors, model: "SentenceTransformer", sentences: list[str], prompt: str
) -> Vectors:
    # One at a time, as the exported encoder does it.
    original = np.asarray(
        model.encode(
            sentences,
            prompt=prompt or "",
            batch_size=1,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        ),
        np.float32,
    )
    if original.shape != exported.shape:
        raise ExportDisagrees(
            f"The exported encoder returns {exported.shape[1]} numbers a text, "
            f"the model {original.shape[1]}."
        )
    cosines: Vectors = (original * exported).sum(axis=1)
    return cosines
