"""Given names that one person may go by: short forms, pet names and other spellings.

Facts of English usage, after the common dictionaries of first names; a name may stand in several lines.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Texts

_LINES = """
aaron ron ronnie
abigail abby abbie gail
abraham abe bram
adam ad
adelaide addie adela della
agnes aggie nessie
albert al bert bertie
alexander alex alec alexis sandy sasha xander aleck
alexandra alex sandy alexa sasha lexi
alfred alf alfie fred freddie
alice ally allie alicia
alison ally alli allison
amanda mandy
amelia amy millie mel
andrew andy drew andreas
angela angie angel
ann anne anna annie nan
anthony tony ant antony anton antonio
antoinette toni nettie
archibald archie
arnold arnie
arthur art artie
augustus gus august
barbara barb babs barbie
barnabas barney
bartholomew bart
beatrice bea trixie beatrix
benedict ben
benjamin ben benny benji
bernard bernie barney
bradley brad
brian bryan bryant
caroline carol carrie carolyn lina
catherine cathy kate katie kitty cathryn katherine kathryn kathy kay katharine kathleen cate kat
cecilia cissy celia cecily
charles charlie chuck chas chaz carl karl charley
charlotte lottie charlie lotte
christian chris kit
christina chris tina chrissy christine kirsty
christopher chris kit topher
clarence clare
clifford cliff
clinton clint
constance connie
cynthia cindy
cyril cy
daniel dan danny
danielle dani
david dave davy davey
deborah debbie deb debra
dennis den denny
diana di diane dianne
dominic dom nick
donald don donnie
dorothy dolly dot dottie dora dorothea
douglas doug
edgar ed eddie
edmund ed eddie ned ted edmond
edward ed eddie ned ted teddy eddy edwd
edwin ed eddie win
eleanor ellie nell nellie nora elinor ella
elizabeth liz beth betsy betty eliza lizzie bess bessie elsie libby elisabeth lizbeth
emily em emmy emmie
emma em emmie
eric erik rick
ernest ernie
esther essie hester hetty
eugene gene
evelyn eve evie lyn
ferdinand ferdie
florence flo florrie flossie
frances fanny fran francie frankie sissy
francis frank fran frankie
frederick fred freddie freddy fritz rick fredrick frederic
gabriel gabe
geoffrey geoff jeff jeffrey jeffery
george geo georgie
gerald gerry jerry
gilbert gil bert
gregory greg gregg
gwendolen gwen
harold harry hal
harriet hattie harriett
helen nell nellie ellen ella lena
henrietta hettie etta harriet
henry harry hal hank
herbert herb bert bertie
horace horry
hubert bert hugh
hugh hughie hugo
humphrey humph
isaac ike zac
isabella bella isabel belle izzy isobel tibby isabelle
jacob jake jack
jacqueline jackie jacqui
james jim jimmy jamie jas jem
jane janey
janet jan jenny jessie
jason jay
jennifer jenny jen jenna
jeremy jerry jem
jeremiah jerry
jessica jess jessie
joan joanie
joanna jo joanne
john jack johnny jock jon jno ian johnnie
jonathan jon jonny john nathan jonathon
joseph joe joey jos
josephine jo josie
joshua josh
joyce joy
judith judy jude
julia julie jules juliet
julian jules
katrina kat trina
kenneth ken kenny
kevin kev
kimberly kim kimberley
laura laurie lora
laurence larry laurie lawrence lorenzo
leonard len lenny leo
leslie les
lewis lew louis lou
lillian lily lilian lil
linda lyn lindy lynda
louis lou louie
louisa lou louise
lucy lu lucille lucinda
lydia liddy
madeleine maddie madeline
magdalene maggie lena
marcus mark marc
margaret maggie meg peggy madge marge margie daisy greta rita peg margery marguerite
mark marc marcus
marian marion
martha mattie patty marty
martin marty
mary molly polly maria marie may mae mamie minnie
matilda tilly mattie maud
matthew matt mat mathew
maurice morris mo
maximilian max
maxwell max
melissa mel lissa missy
michael mike mick mickey micky mikey micheal
michelle shelly mich
mildred millie
mitchell mitch
nathan nat nate
nathaniel nat nate nathan
nicholas nick nicky nico nicolas klaus
nicola nicky nikki
norman norm
oliver ollie noll
oscar ossie
oswald ossie
pamela pam
patricia pat patty tricia trish patsy
patrick pat paddy rick
paul pauly
penelope penny
percival percy
peter pete
philip phil pip phillip
phoebe fibi
rachel rae rachael
ralph rafe
randolph randy
raymond ray
rebecca becky becca bec
reginald reg reggie
richard dick rick ricky rich richie dickie rickie
robert bob rob bobby robbie bert robin robt
roderick rod rory
rodney rod
roger rodge
roland rollo rowland
ronald ron ronnie
rosalind ros roz
rosemary rose rosie
rosamund rosa rose
rudolph rudy
rupert rupe
russell russ
samantha sam
samuel sam sammy saml
sarah sally sadie sara
sebastian seb
sharon shaz
sidney sid sydney
silvester sly
simon si
sophia sophie sophy
stanley stan
stephanie steph
stephen steve stevie steven
stuart stewart stu
susan sue susie suzie suzy susanna susannah suzanne sukey
sylvester sly
tabitha tabby
terence terry
theodora dora thea
theodore ted teddy theo
theresa terry tess tessa teresa tracy
thomas tom tommy thos
timothy tim timmy
tobias toby
valerie val
veronica ronnie vera
victor vic
victoria vicky vic tori vickie
vincent vin vince vinny
virginia ginny
vivian viv vivien
walter walt wally wat
wilfred wilf will
wilhelmina mina minnie
william bill will billy willie wm liam willy
winifred winnie freda
zachary zach zack
"""
MOST_LINES = 5
"""In how many lines a name may stand."""


def _lines() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_LINES.split("\n")):
        for name in line.split():
            found.setdefault(name, []).append(number)
    return found


_LINES_OF = MappingProxyType(_lines())


def is_first_name(name: str) -> bool:
    """Say whether a name, in small letters, is one of ours."""
    return name in _LINES_OF


def lines_of(texts: Texts, size: int) -> npt.NDArray[np.int16]:
    """Give the lines in which each name stands: one row a name, 0 where it stands in fewer.

    Args:
        texts: Names, in small letters.
        size: How many rows to give; those after the names are 0.
    """
    lines = np.zeros((size, MOST_LINES), dtype=np.int16)
    for place, text in enumerate(texts):
        known = _LINES_OF.get(text)
        if known:
            lines[place, : len(known)] = known[:MOST_LINES]
    return lines


def one_name(left: npt.NDArray[np.int16], right: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Whether two names, given by their lines, may be those of one person, place by place."""
    found = np.zeros(len(left), dtype=np.bool_)
    both = np.flatnonzero((left[:, 0] > 0) & (right[:, 0] > 0))
    for i in range(MOST_LINES):
        one = left[both, i, np.newaxis]
        found[both] |= ((one == right[both]) & (one > 0)).any(axis=1)
    return found
