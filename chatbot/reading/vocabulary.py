"""General English for reading: words that say little, and families of words that say the same."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from chatbot.retrieval.analysis import base, one_spelling

#: Words by which a question asks what somebody or something does.
TASKS = frozenset(
    "responsible charged tasked task tasks concerned duty duties job function functions use used uses".split()
)
#: Words whose absence changes little: a paraphrase drops them.
LIGHT = TASKS | frozenset(
    """use uses used using make makes made making get gets got getting go goes went gone give gives gave
    given take takes took taken known kind kinds sort sorts type types thing things happen happens
    happened occur occurs occurred exist exists existed include includes included including involve
    involves involved way ways want wants wanted need needs needed become becomes became come comes
    came coming say says said tell tells told many much part parts person people means manner
    respect effort efforts piece side sense exactly actually really still already yet even supposed
    able certain several various different respectively approximately roughly nearly about regard
    regarding according relation terms following play plays played like likely away there belong
    belongs belonged put two both another commonly typically generally usually normally mainly
    mostly largely often sometimes finally eventually officially originally initially primarily
    basically essentially specifically particularly especially apparently reportedly supposedly
    considered seen regarded factor term terminology meant intended aimed one located situated
    example examples instance describe describes described concerning regards
    possible possibly ultimately notably currently else lot item items""".split()
)
#: Words that paraphrases leave out or change more often than others, and that seldom decide what is asked.
COMMON = frozenset(
    """ability actual additional aim aims allow allowed allows amount apart appear appeared appears area argue
    argued aspect aspects associated attempt attempted available aware basis behavior behaviour believe believed
    believes besides body bring broad brought call called calls case category cause caused causes character
    characteristic characteristics circumstance circumstances claim claimed common compare compared concept
    concern concerning condition conditions connected consider consist consisted consists contain contained
    contains current currently date day deal decade decide decided decision decisions describe described describes despite detail
    details discuss discussed due early effect element elements enable enabled entity era event events evidence
    exact example examples explain explained express expressed fact famous feature featured features feel felt
    field fields figure find formerly found fraction full fully gain gained general goal great group groups hear
    held help helped helps hold holds hope idea ideas identify important individual initial instance instead
    intend issue issues item items keep kept know leading let level linked list location locations lot main
    major matter mean meaning member members mention mentioned method methods modern month name named names
    nature near newly next notable notably note noted notes number object obtain obtained occasion occasions
    offer offered official order origin original outcome outside overall particular past percent percentage
    period periods phrase place placed point points popular portion position possess possible possibly present
    presented previous previously primary prior probable problem problems process prominent proper provide
    provided provides purpose quality rather reach reached real receive received recent recently refer reference
    referred refers region regular relate related relevant remain remained remains represent represented
    represents respective respond response result resulted results role saw scene section see seek seem seems
    serve served serves set show showed shown shows significant similar single situation someone something
    sought source sources special specific stage stand stands start started state stated step style subject
    successful successfully suggest suggested suggests system team technique techniques think thought time times
    title today topic total toward towards tried try trying turn turned ultimate ultimately understand unit
    usual value version view viewed views well whole wide widely word words world year years""".split()
)
#: Words whose place no other may take: numbers, order, sex, and the ends of a scale.
_EXACT = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth last final only sole one two three four five
    six seven eight nine ten eleven twelve dozen twenty thirty forty fifty hundred thousand million billion half
    most least more less fewer fewest former previous next old new minority majority minimum maximum male female
    man men woman women boy boys girl girls north south east west northern southern eastern western left right
    upper lower inner outer private public non never not cannot without little few small large big high low long
    short young best worst better worse highest lowest largest smallest biggest longest shortest oldest youngest
    newest earliest latest fastest slowest strongest weakest heaviest lightest tallest deepest widest nearest
    closest richest poorest greatest busiest hottest coldest cheapest dearest hardest easiest higher larger
    smaller bigger longer shorter older younger newer earlier later faster slower stronger weaker heavier
    lighter taller deeper wider nearer closer richer poorer greater""".split()
)
CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
#: Single words around a question that are no part of what it asks.
PADDING = frozenset(
    """please pls plz kindly hey hi hello hiya ok okay so well um umm uh hmm eh yo thanks thx cheers ta btw sorry
    actually exactly precisely really basically anyway curious now then yes yeah yep nope lol haha omg asap mate
    dude bro sir madam folks guys tell quickly briefly trivia quiz approx perhaps maybe possibly presumably
    apparently supposedly reportedly namely wanna gonna gotta dunno urgent urgently indeed simply just even also
    too else thus hence therefore meanwhile moreover furthermore additionally likewise nevertheless though
    although whilst somehow merely upon whatsoever again here there ever""".split()
)
NEGATIONS = frozenset("not no never nor neither without except cannot n't nobody nothing none".split())
#: Kinds of things: what "which body ..." asks for answers with a name, whether or not it is called a body.
KINDS = frozenset(
    """agency area article association authority ban bank body book building campaign city committee
    company conference continent country council county department district document effort entity
    event festival figure firm group initiative institution island journal kingdom language law
    leader magazine man mission nation newspaper office official operation organisation organization
    paper party place plan policy program programme project publication reform region report river
    scheme school society state street text town treaty unit university village war woman work
    agencies areas articles associations authorities bodies books buildings campaigns cities
    companies continents countries departments districts documents efforts events groups initiatives
    institutions islands laws leaders men missions nations newspapers offices officials operations
    organisations organizations papers parties places plans policies programs programmes projects
    publications reforms regions reports rivers schemes schools societies states streets texts towns
    treaties units universities villages wars women works
    ship vessel bridge castle church cathedral mountain lake street road hotel museum theatre theater
    hospital club team band orchestra song film play novel poem opera album prize award competition tournament
    league airline railway planet comet king queen president bishop poet composer architect artist author writer
    scientist engineer general admiral minister singer actor philosopher saint god religion nationality
    ships vessels bridges castles churches cathedrals mountains lakes streets roads hotels museums theatres
    theaters hospitals clubs teams bands orchestras songs films plays novels poems operas albums prizes awards
    competitions tournaments leagues airlines railways planets comets kings queens presidents bishops poets
    composers architects artists authors writers scientists engineers generals admirals ministers singers actors
    philosophers saints gods religions nationalities""".split()
)
#: Nouns for what something is for; "the aim of X" is told by any sentence that gives X an end.
PURPOSES = frozenset("aim aims purpose purposes goal goals objective objectives intention intentions point".split())


#: Nouns for people that their form does not tell.
_PEOPLE = frozenset(
    """official officials people monk monks nun nuns soldier soldiers family families child children pupil pupils
    student students resident residents citizen citizens troops pilot pilots priest priests merchant merchants
    sister sisters inhabitant inhabitants guest guests clerk clerks men women nurse nurses peasant peasants
    thief thieves volunteer volunteers local locals scholar scholars""".split()
)
_PERSON = re.compile(r"\w{3,}(?:[a-z]er|[a-z]or|ist|ian|man|woman|eer)s?|\w{3,}(?:men|women)")
#: Words that only look like nouns for people.
_THINGS = frozenset(
    """other others another paper papers number numbers water waters river rivers letter letters tower towers
    power powers order orders center centers quarter quarters headquarters computer computers container
    containers door doors floor floors motor motors color colors factor factors sector sectors error errors
    tractor tractors reactor reactors corridor corridors chapter chapters november december september october
    summer winter weather matter matters manner character characters chamber chambers border borders corner
    corners layer layers shoulder shoulders finger fingers flower flowers timber silver copper leather rubber
    powder prayer prayers theater theaters register registers cover covers counter counters charter charters
    quarter cluster clusters crater craters harbor harbors labor neighbor mirror mirrors interior exterior
    superior junior senior major minor prior former latter later earlier older younger larger smaller greater
    longer shorter higher lower wider over under after however whether either neither rather together further
    never ever cylinder cylinders filter filters master poster posters banner banners trailer trailers
    transfer transfers answer answers offer offers""".split()
)


def is_exact(word: str) -> bool:
    """Whether a sentence that lacks the folded word speaks of something else.

    >>> is_exact("largest"), is_exact("16th"), is_exact("large-scale")
    (True, True, False)
    """
    return word in _EXACT or any(map(str.isdigit, word))


def is_person(word: str) -> bool:
    """Whether a common noun stands for people by its form: "workers", "a pianist".

    >>> is_person("workers"), is_person("papers")
    (True, False)
    """
    return word in _PEOPLE or (_PERSON.fullmatch(word) is not None and word not in _THINGS)


class Mention(msgspec.Struct, frozen=True):
    """A word or phrase of a family: its words `start:end`, and the families that it may belong to."""

    start: int
    end: int
    families: frozenset[int]


_PARTICLES = frozenset("back up out off away down over on in apart together".split())
_OPENING_OBJECT = frozenset("the a an his her its their our your my this that these those all some any".split())
_LONGEST_OBJECT = 4


class Families:
    """Groups of words and phrases that a question and a text may use for one another.

    Each line is one family, its members parted by commas; regular inflections of a member's first word belong
    to it too.

    >>> families = Families(["boat, ship", "set up, found, founded"])
    >>> [(m.start, m.end) for m in families.mentions("they set up ships".split())]
    [(1, 3), (3, 4)]
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], set[int]]] = {}
        for number, line in enumerate(lines):
            for member in line.split(","):
                first, *rest = member.split()
                self._by_first.setdefault(first, {}).setdefault(tuple(rest), set()).add(number)

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """The longest members at each place of the folded words, none inside another.

        A verb belongs also where its particle comes later: "*gave* the prize *back*".
        """
        found, at = [], 0
        while at < len(words):
            length, numbers = self._longest(words, at)
            if length < 2:
                numbers = numbers | self._parted(words, at)
            if numbers:
                found.append(Mention(at, at + max(length, 1), frozenset(numbers)))
            at += length or 1
        return found

    def _parted(self, words: Sequence[str], at: int) -> set[int]:
        """The families of a verb whose particle stands behind its object."""
        following = list(words[at + 1 : at + 1 + _LONGEST_OBJECT + 1])
        places = [n for n, word in enumerate(following) if n > 0 and word in _PARTICLES]
        if not places or (places[0] > 1 and following[0] not in _OPENING_OBJECT):
            return set()
        particle = (following[places[0]],)
        return {n for base in bases(words[at]) for n in self._by_first.get(base, {}).get(particle, ())}

    def _longest(self, words: Sequence[str], at: int) -> tuple[int, set[int]]:
        length, numbers = 0, set[int]()
        for form in bases(words[at]):
            for rest, those in self._by_first.get(form, {}).items():
                if len(rest) + 1 >= length and tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    numbers = numbers | those if len(rest) + 1 == length else those
                    length = len(rest) + 1
        return length, numbers


@cache
def families() -> Families:
    """The families that come with the program, read when first needed."""
    text = files("chatbot.reading").joinpath("families.txt").read_text(encoding="utf-8")
    return Families(line for line in text.splitlines() if line and not line.startswith("#"))


_ENDINGS = (
    (re.compile(r"(?<=\w{2}[^s])s$"), ("",)),
    (re.compile(r"(?<=s|x|z|h)es$"), ("",)),
    (re.compile(r"(?<=\w{2})ie[sd]$"), ("y",)),
    (re.compile(r"(?<=\w{2})ing$"), ("", "e")),
    (re.compile(r"(?<=\w{2})ed$"), ("", "e")),
    (re.compile(r"(?<=\w{2})([bdglmnprt])\1(?:ed|ing)$"), (r"\1",)),
)


@lru_cache(maxsize=65536)
def bases(word: str) -> tuple[str, ...]:
    """A folded word and what it may be an inflection of, in both spellings.

    >>> bases("organised")
    ('organised', 'organis', 'organise', 'organized', 'organiz', 'organize')
    """
    word = word.replace("-", "") if word.startswith("re-") else word
    found = []
    for spelt in (word, one_spelling(word), base(word)):
        found.append(spelt)
        for ending, bare in _ENDINGS:
            found += [ending.sub(each, spelt) for each in bare if ending.search(spelt)]
    return tuple(dict.fromkeys(found))
