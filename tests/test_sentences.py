"""Where sentences end: news English by a set made for the purpose, other languages, properties."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.summarizer.sentences import split

# "|" stands where a sentence ends within a line.
NEWS = """
The U.S. Navy sent two ships to the strait. | They arrived on Oct. 23. | Nobody was told.
Sen. Maria Ortega (D- Mass.) voted no. | Rep. Lee Bo (R-Fla.), a former pilot, voted yes.
N. Korean sailors left the port at dawn. | S. Korean crews watched them go.
He has lived in the U.S. since 1994. | She moved to the U.K. | The family met in Oslo.
The ship flew the flag of the U.S. | It was a copy.
U.N. Secretary-General Ann Bo spoke first. | U.S. Secretary of State Carl Dahl did not speak.
The talks moved to Washington, D.C. | But nobody came.
WASHINGTON, D.C. — The pier was closed on Monday. | Crews stayed home.
A former U.S. Navy diver found it. | “It shone,” he said.
At 5 p.m. the bell rang. | It rang again at 6 p.m. | It was out of tune.
The vote is at 10 a.m. ET on Friday. | The count begins at 9 p.m. | Police will be there.
The ferry left at 7 p.m. Monday with 300 people. | It was due at 9 p.m. 12 hours later it came.
Dr. J. K. Marsh signed it. | So did Prof. A. B. Lund and Lt. Col. Ida Holm.
George W. Dahl won. | J. P. Holm & Co. lost money. | Robert F. Kemp Jr. did not run.
Martin Holm Sr. and Martin Holm Jr. left. | The firm, Holm Bros. & Dahl Ltd., stayed.
She works for Acme Inc. | The firm makes rope. | Acme Inc. Chairman Bo Dahl resigned.
The bridge cost $4.5 million. | That was 3.2 percent more than in 2019. | No. 4 on the list was a tunnel.
Was it the captain? | He said no. | Four others said yes.
He lives on St. Mary’s Road near Mt. Holm. | His house stands on Main St. | The next one is empty.
The road to Ft. Dahl is closed. | See Fig. 3 and pp. 12-14.
It happened in Sept. 2021. | It happened again in Jan. | The third time was on Feb. 3.
Aug. 5 was hot. | Dec. 24 was not.
“We are leaving. | We are not coming back,” the captain said. | “That is all.”
“Are you ready?” Mayor Ana Ruiz asked the crowd. | Nobody moved.
“Where exactly are they bound? | That is open. | We have some asking to do,” he said.
“Who will pay?” she asked. | “Not us!” they cried. | Then it was quiet.
"There is proof," Carl Dahl told reporters. | "What it means? | We shall see.”
“Why now?” | The question hung over the hall.
“How many more?” asked Ida Holm, 54, of the crews’ union. | “Ten,” came the answer.
She asked why. | “Because,” he said, “we can. | And we will.”
‘We go at dawn.’ | She nodded. | ‘And you?’ | ‘Later.’
He left (he was tired). | She stayed. | (The dog did not care.) | Rain fell.
The plan (drawn up in Oslo, N.Y.) was dropped. | Nobody missed it.
He paused... | Then he spoke. | “I never … I never knew,” he said.
We mean to go on … and to say what we want. | It goes on . . . and on.
I never meant that.... | She left the shop.
The report said that “the … Dahl plan” was dead. | Dahl denied it.
He reads Yahoo! News every day. | Yahoo! | The cry came from below. | Stop! | Thief!
The show is called Jeopardy! and it is old. | What a show! | “Wow!” she said.
Really?! | Yes. | They did it (!) and left. | He paid (!) Holm for it.
The crew was small. | It had 12. | No. 13 came later.
1. Make a plan. | 2. Keep it. | 3. Tell no one.
The film won 3.5 stars. | Visit harbour.example for more. | The file is plan.pdf.
The case is Dahl v. Holm. | It dates from 1987. | Dahl vs. Holm was heard in Bergen.
Some fruit, e.g. Apples, were sold. | Others, i.e. Pears, were not. | Rope, tar, etc. | It all went.
Gov. Ida Holm met Gen. Bo Dahl. | Mr. and Mrs. Lund were there. | Ms. Kemp was not.
It happened in Calif. and in Wash. | The third case was in Pittsburgh, Pa. | No one knows why.
The E.U. and the U.K. agreed. | The A.P. reported it. | C.I.A. officers did not.
She earned a Ph.D. in 1999. | He has an M.A. from Holm. | It hangs on the wall.
They chose Plan B. | It failed. | They sold Model Y. | Together they made a profit.
The group was formed in 1921. | It has 12,000 members.[3] | Half are under 30.
iPhones sold well. | eBay did not. | It was, one said, over.
Born in 1950, he left at 16. | $5 million came later. | “€3 more,” he begged.
He spoke to the B.B.C. | “It is over,” he said.
The sign said “Closed.” | People read it. | “Closed by order of the U.S.” | Nobody knew whose.
The captain, Lt. Bo Dahl, 41, was on deck. | Cmdr. Ida Holm was below. | Neither saw the reef.
Police in St. Louis, Mo., said so on Tuesday. | In Austin, Tex., they said nothing. | Were they asked?
The price of oil fell to $70.25 a barrel. | Gold rose 1.3 percent. | Wheat held.
“I was there,” said Dahl. | “I saw it. | I heard it, too.” | Holm disagreed.
The law, S. 1234, passed 51 to 49. | H.R. 77 did not. | Amendment No. 2 was withdrawn.
“It’s over!” | The crowd cheered.
The ex-mayor (now 77) laughed: “Me? | Never!” | Then he went in.
What next? | No one at the E.P.A. would say. | Would the White House? | It would not.
In the N.F.L. he was a star. | In the U.S.S.R. he was unknown. | The two were one man.
The firm, known as Dahl Inc., has 40 staff. | Dahl Corp. Chief Ida Holm has one. | Its rival Kemp Co. has none.
He came from the Rev. Holm’s church. | It burned in Nov. | The organ was saved.
"""

ABROAD = """
Er kam am 3. Oktober nach Bergen. | Das war im 19. Jahrhundert z. B. in Oslo üblich. | Herr Dr. Holm lachte.
„Wir gehen. | Wir kommen nicht wieder.“ | Dann ging sie. | Es kostete 3,5 Mio. Euro.
Das Boot fuhr bzw. Schwamm heim. | Am Ende, d.h. Nach drei Tagen, kam es an. | Nr. 4 fehlte.
»Komm«, sagte er. | »Nein.« | Sie blieb. | »Warum?« | »Darum.«
« Bonjour. » | Il part. | M. Morel a dit oui. | Mme Le Goff a dit non. | Quoi ? | Rien !
Le bac part à l’heure. | La mer monte. | J.-C. Morel ne vient pas.
¿Qué pasa? | ¡Nada! | Vive en EE. UU. desde 1994. | El barco salió. | La Sra. Ruiz lloró.
وصلت السفينة أمس. | هل عادت؟ | نعم.
"""

TOGETHER = """
今日は雨です。|船は出ません。|「もう遅い。」と言った。|本当？|はい！|終わり
他走了。|“真的吗？”|没有人知道。
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("line", lines(NEWS) + lines(ABROAD))
def test_a_line_parts_where_its_sentences_end(line: str) -> None:
    assert list(split(line.replace(" |", ""))) == line.split(" | ")


@pytest.mark.parametrize("line", lines(TOGETHER))
def test_scripts_without_spaces_part_too(line: str) -> None:
    assert list(split(line.replace("|", ""))) == line.split("|")


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert NEWS.count(" | ") >= 120


def test_no_text_has_no_sentences() -> None:
    assert split("") == split(" \n\t ") == ()


def test_white_space_is_folded_and_paragraphs_are_parted() -> None:
    assert split(" The pier\nfell.\u00a0 Nobody\tsaw it.\n\nIt was dark") == (
        "The pier fell.",
        "Nobody saw it.",
        "It was dark",
    )


NEWSY = st.lists(
    st.sampled_from(
        [
            "U.S.",
            "The",
            "Sen.",
            "Holm",
            "said",
            ".",
            "...",
            "…",
            "“",
            "”",
            '"',
            "(",
            ")",
            "?",
            "!",
            "Oct.",
            "23",
            "p.m.",
            "a",
            "I",
            "it",
            "J.",
            "K.",
            "No.",
            "—",
            "’",
            "[3]",
            "„",
            "«",
            "»",
            "。",
            "「",
            "」",
            "と",
            "؟",
            "3.5",
            "e.g.",
            "*",
        ],
    ),
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


@settings(max_examples=200)
@given(NEWSY | st.text())
@example(". . . .")
@example("”. ”")
def test_nothing_is_lost_and_nothing_added(text: str) -> None:
    folded = " ".join(text.split())
    sentences = split(text)
    assert "".join("".join(sentences).split()) == "".join(folded.split())
    if not set(folded) & set("。！？｡"):
        assert " ".join(sentences) == folded
    for sentence in sentences:
        assert sentence
        assert sentence == sentence.strip()


@settings(max_examples=100)
@given(NEWSY)
def test_splitting_again_changes_nothing_before_the_first_end(text: str) -> None:
    sentences = split(text)
    assert sentences == split(text)
    if sentences:
        assert split(sentences[0])[0] == sentences[0]


@pytest.mark.parametrize(
    "unit",
    [
        "U.S. ",
        "The end. ",
        "(",
        '"',
        "a. ",
        "…",
        "。",
        "と」。",
        ". ",
        ".",
        "A",
        "?” Ann Bo ",
        ".)",
        " ”",
        "3. ",
        "J.-",
        "[1]",
        "。」と",
    ],
)
def test_the_work_grows_no_faster_than_the_text(unit: str) -> None:
    # Sixteen times the text: quadratic work would take 256 times as long. The floor keeps the clock's grain out.
    def took(characters: int) -> float:
        text = (unit * characters)[:characters]
        tries = []
        for _ in range(3):
            began = time.process_time()
            split(text)
            tries.append(time.process_time() - began)
        return max(min(tries), 0.001)

    assert took(80_000) < 100 * took(5_000)
