"""A number that names another law is no reference to the document."""

import pytest

from retrieval.clean import clean
from retrieval.reference import Reference, find_reference

TITLE = "海牙核子保安高峰會公報"


def find(question: str, *titles: str) -> Reference:
    return find_reference(clean(question).text, range(37), titles or (TITLE,))


@pytest.mark.parametrize(
    "question",
    [
        # the forms that the design lists
        "勞基法第24條", "勞基法第24條的加班費", "NPT article VI", "憲法第八條",
        "勞動基準法第 24 條", "刑法第100條", "民法184條", "公司法15條", "勞工保險條例第5條", "施行細則第三條",
        "聯合國憲章第51條", "《聯合國憲章》第五十一條", "《核材料實體防護公約》第七條", "核材料實體防護公約的第7條",
        "宪法第15条", "劳动合同法36条", "民法典第1条", "日本国憲法第9条", "憲法9条", "日米安保条約第5条",
        "勞基法第24條和第25條", "勞基法第24條、第25條", "憲法第八條到第十條",
        "article VI of the NPT", "Article VI NPT", "Article 17 GDPR", "GDPR Art. 17", "Article 5 of NATO",
        "Article 5 of the North Atlantic Treaty", "UN Charter article 51", "CPPNM article 7", "Article 5 Act",
        "Article 7 of the CPPNM", "article 3 of the Geneva Conventions", "article 4 of the IAEA Statute",
        "Article 5 and Article 6 of the GDPR", "GDPR Article 5 and Article 6", "article 3(1) of the Convention",
        "§ 242 StGB", "§ 1 StVO", "Art. 5 GG", "Art. 20 Abs. 4 GG", "Artikel 5 des Grundgesetzes", "§ 5 Arbeitszeitgesetz",
        "l'article 5 du code civil", "artículo 5 de la Constitución", "articolo 3 della Costituzione",
        "artigo 5 da Constituição", "статья 5 Конституции", "статья 105 УК РФ", "헌법 제1조", "민법 제750조",
        "Pasal 28 UUD 1945", "UUD 1945 pasal 28", "điều 5 Hiến pháp", "anayasa madde 5", "madde 5 anayasa",
        "المادة 5 من الدستور",
    ],
)  # fmt: skip
def test_a_number_of_another_law_is_reported_and_not_followed(question: str) -> None:
    found = find(question)
    assert found.names_other_law
    assert not found


@pytest.mark.parametrize(
    "question",
    [
        "本公報第15條", "公報第15條", "海牙公報第15條", "這份文件的第15條", "海牙核子保安高峰會公報第15條", "第15條提到的公約",
        "article 15 of this document", "article 15 of the Hague communiqué", "ARTICLE 15 PLEASE", "Article 15 about CPPNM",
        "Artikel 15 des Dokuments", "article 15 in short", "article 15 a summary", "辦法：第15條", "國際公約有哪些？第15條",
    ],
)  # fmt: skip
def test_a_number_of_this_document_is_followed(question: str) -> None:
    found = find(question)
    assert found.numbers == (15,)
    assert not found.names_other_law


def test_one_question_may_name_both() -> None:
    found = find("刑法第1條和公報第2條")
    assert found.names_other_law
    assert found.numbers == (2,)


@pytest.mark.parametrize(
    "question", ["勞動基準法第24條", "勞基法第24條", "本法第24條", "這個條例第24條"]
)
def test_the_documents_own_title_full_short_or_pointed_at_is_its_own(question: str) -> None:
    assert find(question, "勞動基準法").numbers == (24,)


def test_a_latin_title_is_its_own() -> None:
    assert find("Labour Standards Act article 24", "Labour Standards Act").numbers == (24,)
    assert find("Criminal Act article 24", "Labour Standards Act").names_other_law
