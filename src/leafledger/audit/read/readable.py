"""Whether a text is written in a language at all, or in letters that stand for others, as broken text layers have it."""

from collections import Counter
from collections.abc import Iterable

ENOUGH = 400
"""Letters of one kind from which on its habits can be judged."""
_COMMON = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经十三之進进着等部度家電电力里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间样與与關关各重新線线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手角期根論论運运農农指幾几九區区強强放決决西被幹干做必戰战先回則则任取據据處处隊队南給给色光門门即保治北造百規规熱热領领七海口東东導导器壓压志世金增爭争濟济階阶油思術术極极交受聯联什認认六共權权收證证改清己美再採采轉转更單单風风切打白教速花帶带安場场身車车例真務务具萬万每目至達达走積积示議议聲声報报鬥斗完類类八離离華华名確确才科張张信馬马節节話话米整空元況况今集溫温傳传土許许步群廣广石記记需段研界拉林律叫且究觀观越織织裝装影算低持音眾众書书布復复容兒儿須须際际商非驗验連连斷断深難难近礦矿千週周委素技備备半辦办青省列習习響响約约支般史感勞劳便團团往酸歷历市克何除消構构府稱称太準准精值號号率族維维劃划選选標标寫写存候毛親亲快效斯院查江型眼王按格養养易置派層层片始卻却專专狀状育廠厂京識识適适屬属圓圆包火住調调滿满縣县局照參参紅红細细引聽听該该鐵铁價价嚴严"
)
_VOWELS = frozenset("aeiouyAEIOUY")


def is_language(texts: Iterable[str]) -> bool:
    """False where there are letters enough to judge and they follow the habits of no language that is read here."""
    letters: Counter[str] = Counter()
    for text in texts:
        letters.update(text)
    han = sum(count for letter, count in letters.items() if "\u3400" <= letter <= "\u9fff")
    latin = sum(count for letter, count in letters.items() if letter.isascii() and letter.isalpha())
    other = sum(count for letter, count in letters.items() if letter.isalpha()) - han - latin
    if han >= ENOUGH:
        common = sum(count for letter, count in letters.items() if letter in _COMMON)
        if common < 0.25 * han:
            return False
    if latin >= ENOUGH and latin > han:
        vowels = sum(count for letter, count in letters.items() if letter in _VOWELS)
        if not 0.25 * latin < vowels < 0.6 * latin:
            return False
    marks = sum(
        count
        for letter, count in letters.items()
        if letter.isprintable() and not letter.isalnum() and not letter.isspace()
    )
    total = han + latin + other
    return not (total + marks >= ENOUGH and marks > 1.5 * total) and not (other >= ENOUGH and other > 3 * (han + latin))
