"""How people say in English that they may harm themselves, between the lines.

Each is a hint, and several add up. Where they come from is said beside those that say it outright.
"""

import re

from aboveboard.detectors._phrases import FOR_FUN, Phrase, say

HINTS: tuple[Phrase, ...] = (
    say(
        0.8,
        r"(?:nobody|no one|no-one|noone|none of them|not a soul|anyone|anybody) (?:would|will|'d|'ll)? "
        r"?(?:even |really |ever |probably )?(?:notice|care|miss me|mind|cry|be sad|know|remember "
        r"me)(?:.{0,24}\b(?:if|when) i(?:'m| am|'d| was| were| had| just| ever| simply| "
        r"suddenly)*.{0,16}\b(?:gone|dead|died|disappear|disappeared|vanish|vanished|wasn't here|weren't "
        r"here|not here|never existed|left this world|didn't wake up)\b)",
        "gone",
        "dead",
        "die",
        "vanish",
        "appear",
        "here",
        "existed",
        "wake",
        "left",
        unless=FOR_FUN,
    ),
    say(
        0.75,
        r"(?:no one|nobody|noone) (?:would|will|'d) (?:even |really )?miss me(?=\s*(?:$|[.!?,;]))",
        "miss me",
        unless=FOR_FUN,
    ),
    say(
        0.65,
        r"i(?:'m| am|m)? (?:just |only |such |nothing but |feel like |feel |am |like |being |become )*(?:a "
        r"|an )?(?:huge |total |terrible |real )?burden (?:to|on|for) (?:everyone|everybody|my|them|people"
        r"|all|others|you)\b|everyone's burden\b",
        "burden",
        unless=re.compile(r"financ|tax|cost|proof"),
    ),
    say(
        0.8,
        r"i (?:just |really |simply |honestly )*(?:can't|cannot|cant|can not|don't want to|dont want to|do "
        r"not want to|couldn't) (?:go on|keep going|keep living|live like this|do life|live)(?: like "
        r"this)?(?: any ?more| any longer| much longer| another day)\b",
        "any",
        "longer",
        "another",
        unless=re.compile(r"subscription|software|roommate|flat|office|trail|hike|diet|with my parents|job"),
    ),
    say(
        0.65,
        r"i (?:just |really |simply |honestly )*(?:can't|cannot|cant|can not) (?:take|do|bear|stand"
        r"|handle) (?:it|this|life|living|the pain|this pain|existing)(?: pain| life)? (?:any ?more|any "
        r"longer|much longer|another day)\b",
        "any",
        "longer",
        "another",
        unless=re.compile(
            r"noise|neighbo|homework|heat|customer|traffic|app\b|update|server|job|boss|dog|code|bug"
        ),
    ),
    say(
        0.8,
        r"(?:won't|will not|wont|not going to|might not|don't plan to|don't expect to|may not) be (?:here"
        r"|around|alive|on this earth) (?:tomorrow|any ?more|much longer|for long|next (?:week|month|year)"
        r"|by then|after (?:tonight|this|today)|to see)\b",
        "be here",
        "be around",
        "be alive",
        "be on this",
        unless=re.compile(
            r"vacation|holiday|office|trip|travel|meeting|class|out of town|moving|shift|conference|work"
        ),
    ),
    say(
        0.8,
        r"(?:say|saying|said) (?:my )?(?:final |last )?(?:goodbye|goodbyes|farewell)s? (?:to (?:everyone"
        r"|everybody|my (?:family|kids|friends|parents|mom|dad|life|dog|cat)|the world|you all|life)"
        r"|forever)\b(?! (?:at|before (?:i move|moving|my flight|leaving for|the (?:move|trip)))"
        r"|.{0,20}(?:airport|college|move|abroad))",
        "goodbye",
        "farewell",
        unless=FOR_FUN,
    ),
    say(
        0.7,
        r"(?:i )?(?:just |only )*(?:want|need|wish|wanting|waiting for) (?:for )?(?:everything|it all|it"
        r"|the pain|this pain|all of this|all of it|the suffering|my life|my thoughts|the voices) (?:to "
        r"(?:just )?(?:stop|end|be over|go away)|would (?:just )?(?:stop|end|be over))(?: forever| for "
        r"good)?(?=\s*(?:$|[.!?,;]|and|forever|for good|so|now))",
        "want",
        "need",
        "wish",
        "waiting",
        unless=re.compile(
            r"tooth|back pain|headache|stomach|knee|shoulder|cramp|rain|noise|notification|advert|ads"
            r"|emails|barking|meeting|cough|itch|doctor"
        ),
    ),
    say(
        0.75,
        r"(?:i )?(?:don't|dont|do not|can't|cant|cannot|no longer) (?:see|imagine|picture|have) (?:a|any"
        r"|my)? ?future (?:for (?:me|myself)|with me in it|any ?more|left|at all|ahead of me)\b",
        "future",
        unless=re.compile(r"company|job|relationship|industry|with him|with her|with them"),
    ),
    say(
        0.75,
        r"(?:what's|whats|what is) the point (?:of|in) (?:living|being alive|going on|life|existing|waking "
        r"up|staying alive|any of it any ?more|even trying to live)\b(?! \w)",
        "point",
        unless=re.compile(r"philosoph|camus|essay|class|novel"),
    ),
    say(
        0.75,
        r"i (?:think|thought|keep thinking|dream|fantasi[sz]e|daydream|can't stop thinking|cant stop "
        r"thinking|often think|always think) (?:about|of) (?:dying|my (?:own )?death|being dead|not being "
        r"here|not existing|ending things|not being alive|disappearing(?: forever)?|how i(?:'d| would) "
        r"die)\b",
        "think",
        "thought",
        "dream",
        "fantas",
        unless=re.compile(r"philosoph|insurance|will and testament|funeral plan|character|novel"),
    ),
    say(
        0.7,
        r"(?:it(?:'ll| will| would|'d)? (?:all )?be (?:over|easier|better)(?: soon)?|you won't have to "
        r"worry about me|i won't (?:bother|be a problem|trouble) (?:anyone|you|anybody)) (?:if i (?:was"
        r"|were|am) (?:gone|dead)|any ?more|for everyone when i'm gone|when i'm gone|once i'm gone)\b",
        "over",
        "easier",
        "better",
        "worry",
        "bother",
        "problem",
        "trouble",
        unless=re.compile(r"invoice|subscription|email"),
    ),
)
