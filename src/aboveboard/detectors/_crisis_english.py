"""How people say in English that they may harm themselves, outright.

Written for this project with the warning signs that crisis lines publish in mind (988lifeline.org, 2026).
No clinically valid open set of such messages exists: see docs/reference/guards.md.
"""

import re

from aboveboard.detectors._phrases import FOR_FUN, Phrase, say

_I_AM = r"(?:i am|i'm|im|i was|i've been|ive been|i have been|i feel|i keep|i'd be|id be|i would be)"
_ACCIDENT = re.compile(
    r"shav|cook|chop|slic|onion|knife slipped|paper|by accident|accident|kitchen|garden|glass|hair|gym"
    r"|workout|lifting"
    r"|running|fell|falling|playing|football|soccer|skating|bike|losses|budget|sugar|carbs|slack|in the "
    r"foot|off"
)
_FIGURE = re.compile(
    r"homework|boredom|bored|embarrass|laugh|of shame|cute|heat|hungry|hunger|thirst|traffic|curiosity"
    r"|coffee|for a|to (?:see|try|know|meet|go|visit)"
)

OUTRIGHT: tuple[Phrase, ...] = (
    say(
        0.95,
        r"(?:kill|killing|murder|unalive|unaliving|off|offing|hang|hanging|drown|drowning|shoot|shooting"
        r"|poison) (?:my ?self|meself)\b(?! in the foot)",
        "my",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:end|ending|take|taking|end up taking) my (?:own )?life\b",
        " life",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:commit|committing|attempt|attempting|attempted) suicide\b(?=.{0,40}\b(?:i|me|my)\b)|i (?:want "
        r"to|wanna|will|am going to|tried to|might|could) (?:commit|attempt) suicide\b",
        "suicide",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        rf"{_I_AM} (?:so |really |very |feeling |thinking |having |been )*(?:suicidal|about suicide|of "
        rf"suicide|suicide)\b|suicidal (?:thoughts|ideation|feelings|urges)(?=.{{0,60}}\b(?:i|me|my)\b)"
        rf"|(?:i|my)\b.{{0,24}}\b(?:suicidal (?:thoughts|ideation|feelings|urges)|thoughts of suicide"
        rf"|thinking (?:about|of) suicide)",
        "suicid",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:i )?(?:really |just |so |still |honestly )*(?:want|wanna|wish|need|ready|going|plan|planning"
        r"|hope)(?:ed|ing)? (?:to |i could |i would |i (?:was|were) )?(?:just )?(?:die|be dead|dead)\b",
        " die",
        " dead",
        denied=True,
        unless=_FIGURE,
    ),
    say(
        0.9,
        r"i (?:just |really |honestly )*(?:don't|dont|do not|no longer|didn't|didnt|never) (?:really |even "
        r")?(?:want|wanna|wish)(?:ed)? (?:to )?(?:live|be alive|exist|wake up|be here|be on this earth|go "
        r"on living|keep living)\b(?! (?:in|with|on|near|at|there|next|like|under|for the|for this)\b)",
        "want",
        "wanna",
        "wish",
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:better|best) off (?:if i (?:was|were) )?(?:dead|without me)\b|i(?:'d| would| should) be "
        r"better off dead\b|i (?:should|deserve to|ought to) (?:just )?(?:be dead|die)\b",
        "off dead",
        "without me",
        "be dead",
        "die",
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:slit|slitting|cut|cutting|slice|slicing) (?:my )?(?:own )?(?:wrists?|veins|arms|thighs)\b(?! "
        r"shot)",
        "wrist",
        "veins",
        "arms",
        "thigh",
        unless=_ACCIDENT,
    ),
    say(
        0.85,
        r"i(?:'ve|'m|'d|'ll| have)? (?:just |always |still |often |really )*(?:want(?:ed)? to |started "
        r"|keep |keep on |have been |need to |feel like |am |go back to |might |cannot stop |can't stop "
        r"|cant stop )*(?:cut|cutting|burn|burning|hurt|hurting|harm|harming|starve|starving|scratch"
        r"|punish)(?:ing)? my ?self\b",
        "my",
        denied=True,
        unless=_ACCIDENT,
    ),
    say(
        0.9,
        r"(?:i|my|me)\b.{0,40}\bself[- ]?(?:harm|injur)(?:ed|ing|s|y)?\b(?! (?:research|policy|awareness"
        r"|statistics))",
        "self",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:take|took|taking|swallow|swallowing|swallowed) (?:all|a (?:whole )?(?:bottle|handful|bunch)) "
        r"(?:of )?(?:(?:my|the|these|those|her|his|of) )*(?:pills|tablets|meds|medication|sleeping pills"
        r"|antidepressants|painkillers)|i (?:want to|wanna|will|might|could|am going to|tried to|just) "
        r"(?:take an )?(?:overdose|od)\b|how many (?:\w+ ){0,3}(?:pills|tablets)? ?(?:would it take |does "
        r"it take |do i need |should i take |to take )?(?:to )(?:die|overdose|not wake up|end it|kill me"
        r"|be fatal)",
        "pills",
        "tablets",
        "meds",
        "medication",
        "killers",
        "overdose",
        " od",
        "depressants",
        "how many",
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:jump|jumping|throw myself|throwing myself|step|stepping|walk|walking|drive|driving) (?:off"
        r"|from|in front of|into|under) (?:of )?(?:the |a |my |that |this |an )?(?:\w+ )?(?:bridge|building"
        r"|roof|balcony|train|cliff|traffic|bus|truck|tree|window|rails)\b",
        "jump",
        "throw",
        "step",
        "walk",
        "driv",
        unless=re.compile(
            r"bungee|dog|cat|game|movie|film|diver|diving|parachut|\bhe |\bshe |\bthey |my friend and i|to "
            r"catch|to get|tour|every morning"
        ),
    ),
    say(
        0.85,
        r"(?:no|not any|any|without any|see no|don't see a|dont see a|do not see a|lost my) (?:reason|point"
        r"|purpose|will) (?:to live|in living|to go on|to keep going|to be alive|in being alive|in going on"
        r"|to stay alive|to keep living|for living|to wake up)\b",
        "reason",
        "point",
        "purpose",
        "will",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"(?:nothing|not much|little|nobody|no one) (?:left )?to live for\b|(?:not|isn't|isnt|hardly) "
        r"worth living\b",
        "live for",
        "worth living",
        unless=None,
    ),
    say(
        0.85,
        r"(?:just |want to |wanna |going to |gonna |time to |ready to |i'll |ill |i will |think about "
        r"|thinking of |thinking about )(?:just )?(?:end|ending) (?:it all|everything|it tonight|it today"
        r"|it now|it for good|the pain|my pain|my suffering)\b",
        "end",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"(?:suicide|goodbye|farewell) (?:note|letter|letters|notes)\b(?=.{0,60}\b(?:my|me|i|i'm|im)\b)"
        r"|(?:my|writing (?:a|the|my)|wrote (?:a|my)|left (?:a|my)) (?:\w+ )?(?:suicide|goodbye|farewell) "
        r"(?:note|letter|notes|letters)\b",
        "note",
        "letter",
        unless=re.compile(
            r"colleague|coworker|co-worker|job|team|retir|office|class|novel|story|movie|film|character"
        ),
    ),
    say(
        0.85,
        r"(?:world|everyone|everybody|family|kids|children|husband|wife|parents|mom|mum|they|people|friends"
        r"|you|all) (?:\w+ ){0,3}?(?:better|happier|easier|better off|relieved)(?: place| off)? (?:without "
        r"me|if i (?:was|were|wasn't|weren't|died|disappeared|didn't exist|had never|never)|once i(?:'m| "
        r"am) gone|with me gone|when i(?:'m| am) gone)\b",
        "without me",
        "if i",
        "once i",
        "me gone",
        "when i",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"(?:wish|wished|prefer) (?:that )?i (?:had |was |were |'d )?(?:never (?:been )?(?:born|existed"
        r"|woke|woken|wake)|not (?:been )?born|wasn't (?:born|alive|here)|could (?:just )?(?:disappear"
        r"|vanish|stop existing|fall asleep forever|not exist|not wake up)|didn't (?:exist|wake up)|don't "
        r"wake up|wouldn't wake up|would never wake up|dead)",
        "wish",
        "prefer",
        unless=re.compile(r"embarrass|floor|awkward|ashamed|holiday|vacation"),
    ),
    say(
        0.9,
        r"(?:go to sleep|fall asleep|going to sleep|sleep|lie down|close my eyes) (?:and|so i can|so that "
        r"i) (?:just )?(?:never|not|don't|don't ever|won't) (?:have to )?(?:wake up|waking up|open them)\b",
        "sleep",
        "lie down",
        "close my eyes",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"(?:tired|sick|exhausted|weary|done) (?:of|with|from) (?:living|being alive|life|existing|my life"
        r"|this life|waking up every day|fighting to stay alive)\b(?! (?:in|with|at|near|on|out of|cycle"
        r"|insurance|under)\b)",
        "tired",
        "sick",
        "exhausted",
        "weary",
        "done",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"(?:giving|given|gave|give) away (?:all )?(?:my|of my) (?:\w+ )?(?:things|stuff|belongings"
        r"|possessions|pets|everything)(?=.{0,80}\b(?:won't need|don't need|anymore|any more|gone|goodbye"
        r"|last|before i go|after i)\b)",
        "away",
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:painless|easiest|quickest|best|least painful|fastest|peaceful|quick|easy|most painless"
        r"|surest) (?:and \w+ )?(?:way|ways|method|methods) (?:to|of|for me to) (?:die|dying|kill(?:ing)? "
        r"my ?self|end(?:ing)? (?:it|it all|my life)|go|suicide|commit suicide|hang(?:ing)? my ?self)\b(?! "
        r"(?:to|there|about|home|from|down|up|hair|cloth|fabric)\b)",
        "way",
        "method",
        unless=re.compile(r"hard|game|hair|airport|train to|in minecraft|character"),
    ),
    say(
        0.9,
        r"(?:i have|i've got|i got|i bought|i'm holding|i am holding|there's|there is|holding|with) (?:a"
        r"|the|my|this|enough) (?:loaded )?(?:gun|rope|noose|razor|razors|blade|knife"
        r"|pills)\b.{0,60}\b(?:ready|to do it|tonight|to my head|to my throat|to my wrist|to use it on "
        r"myself|end it|goodbye|over soon)",
        "gun",
        "rope",
        "noose",
        "razor",
        "blade",
        "knife",
        "pills",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"my (?:friend|best friend|brother|sister|son|daughter|mom|mum|mother|dad|father|partner|husband"
        r"|wife|girlfriend|boyfriend|roommate|cousin|classmate|student|kid|child|neighbo(?:u)?r"
        r"|colleague)\b.{0,48}\b(?:suicidal|kill (?:him|her|them) ?sel(?:f|ves)|end (?:his|her|their) "
        r"(?:own )?life|(?:wants|wanted|going|says? (?:he|she|they) (?:wants?|is going)) to die|self[- "
        r"]?harm\w*|cutting (?:him|her|them)sel(?:f|ves)|suicide)",
        "suicid",
        "kill",
        "end ",
        "die",
        "self",
        "sel",
        unless=FOR_FUN,
    ),
    say(
        0.85,
        r"\b(?:kms|ctb)\b(?=.{0,40}\b(?:tonight|today|soon|for real|fr|plan|method|now|already)\b)|i'?(?:m"
        r"|ll| am| will| want to| wanna) (?:going to |gonna |gon )?kms\b",
        "kms",
        "ctb",
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"my (?:own )?suicide\b(?! (?:prevention|awareness|risk|squad|note|essay|research|hotline))"
        r"|(?:i|me|myself)\b.{0,48}\b(?:die|dying) by suicide\b|prepare myself .{0,24}\bsuicide\b",
        "suicide",
        denied=True,
        unless=FOR_FUN,
    ),
    say(
        0.9,
        r"(?:i|me)\b.{0,32}\boverdos(?:e|ing) on .{0,24}\b(?:so )?i die\b",
        "overdos",
        denied=True,
        unless=FOR_FUN,
    ),
)
