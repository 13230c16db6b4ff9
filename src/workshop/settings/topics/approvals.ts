/** What of each risk may happen by itself, how many people it needs, and which gates it must pass. */
import type { Autonomy, GateName, RiskClass } from '#kernel';
import { all, type Asked, denies, type Edit, numberAt, refusedWish, set, type Wish } from '../wish.ts';

const risks: readonly RiskClass[] = ['low', 'medium', 'high'];
const words: { readonly [Risk in RiskClass]: RegExp } = {
  low: /\b(?:low(?:er|est)?|small(?:er|est)?|minor|tiny|harmless|little|trivial)\b/,
  medium: /\b(?:medium|middle|moderate|mid)\b/,
  high: /\b(?:high(?:er|est)?|risky|dangerous|grave|critical|big|riskiest)\b/,
};
const CHANGES =
  /\b(?:risk|risky|changes?|(?:go|goes|going|went) live|deploy\w*|releases?|ship|shipped|roll(?:ed)? out|features?|updates?)\b/;
const gates: readonly (readonly [GateName, RegExp])[] = [
  ['proof', /\b(?:prove|proved|proven|proofs?|proves)\b/],
  ['mutation', /\bmutat\w*\b/],
  ['replay', /\breplay\w*\b/],
  ['properties', /\b(?:properties|property tests?)\b/],
  ['examples', /\bexamples?\b|\btested\b|\btests\b/],
  ['workflow', /\b(?:gate workflow|workflow (?:gate|search|check)\w*)\b/],
  ['security', /\bsecurity (?:check|gate)\w*\b/],
];
const MOST = 9;

export function approvals(asked: Asked): Wish | undefined {
  const { plain } = asked;
  if (!CHANGES.test(plain) || (asked.ofThings && !/\brisk/.test(plain))) return undefined;
  return gate(asked) ?? counted(asked) ?? autonomy(asked);
}

const risksIn = (plain: string): readonly RiskClass[] => {
  const named = risks.filter((risk) => words[risk].test(plain));
  const everything = /\b(?:all|every|everything|any|anything)\b/.test(plain) && !/\b(?:high|medium|low|risky)\b/.test(plain);
  return everything || named.length === 0 ? risks : named;
};
const ofRisk = (at: readonly RiskClass[]): string => (at.length === 3 ? 'All changes' : `Changes of ${all(at)} risk`);

function gate({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:need|needs|must|unless|without|require|requires|only|should|have to)\b/.test(plain) || /\bapprov/.test(plain))
    return undefined;
  const [found] = gates.filter(([, pattern]) => pattern.test(plain));
  if (found === undefined) return undefined;
  const [name] = found;
  const at = risksIn(plain);
  const dropped =
    /\b(?:no longer|not|never) (?:need|require|have to|be)|\bwithout (?:being )?(?:tested|tests|proofs?|examples)|\b(?:skip|drop|switch off)\b/.test(
      plain,
    );
  if (dropped && !/\b(?:not|never|nothing)\b.*\bwithout\b/.test(plain)) {
    if (name !== 'proof' && name !== 'mutation' && name !== 'replay' && name !== 'workflow')
      return refusedWish(`The gate ${name} is never left out: what goes live without it would be untested.`);
    return set(
      `${ofRisk(at)} no longer need the gate ${name}`,
      ...at.map((risk): Edit =>
        edit(
          ['policy', 'gates', risk],
          settings.policy.gates[risk].filter((each) => each !== name),
          settings.policy.gates[risk],
        ),
      ),
    );
  }
  return set(
    `${ofRisk(at)} must pass the gate ${name === 'proof' ? 'proof' : name}`,
    ...at.map((risk): Edit => {
      const now = settings.policy.gates[risk];
      return edit(['policy', 'gates', risk], now.includes(name) ? now : [...now, name], now);
    }),
  );
}

function counted({ plain, settings }: Asked): Wish | undefined {
  const eyes = numberAt(plain, /\b(\d+) eyes\b/);
  const number =
    eyes === undefined
      ? (numberAt(
          plain,
          /\b(\d+) (?:different |more |separate )?(?:approvals?|people|persons?|pairs? of eyes|owners?|managers?|voices|signatures|of us|colleagues)\b/,
        ) ?? (/\bboth\b.*\bapprov/.test(plain) ? 2 : undefined))
      : Math.ceil(eyes / 2);
  if (number === undefined || !/\b(?:approv\w*|sign\w*|agree\w*|confirm\w*|eyes|look\w*|check\w*|see|ok|yes)\b/.test(plain))
    return undefined;
  const at = risksIn(plain);
  if (number > MOST) return refusedWish(`approvals must be a number from 0 to ${MOST}, and ${number} is none.`);
  if (number === 0) return toAct(at, settings.policy.autonomy);
  return set(
    `${ofRisk(at)} need ${number} approval${number === 1 ? '' : 's'}`,
    ...at.flatMap((risk): readonly Edit[] => [
      ...proposed(risk, settings.policy.autonomy),
      edit(['policy', 'approvals', risk], number, settings.policy.approvals[risk]),
    ]),
  );
}

function autonomy({ plain, settings }: Asked): Wish | undefined {
  const at = risksIn(plain);
  const by = settings.policy.autonomy;
  const named = /\brisk|\b(?:low|medium|high|small|minor|tiny|big) (?:changes?|stuff|things)\b/.test(plain);
  if (
    /\b(?:by (?:itself|themselves|its own|their own)|automatic|automatically|without (?:an? |any |asking|my |our )?(?:approvals?|me|anybody|anyone|person|asking)|right away|straight away|immediately|no approvals?|not need (?:an? |any )?approvals?|without asking)\b/.test(
      plain,
    ) &&
    !/\b(?:nothing|never|not)\b.*\b(?:without|automatic|automatically|by itself)\b/.test(plain)
  )
    return named || /\bchanges?\b/.test(plain) ? toAct(at, by) : undefined;
  if (
    named &&
    /\b(?:switch(?:ed)? off|turn(?:ed)? off|forbid|forbidden|no more|not allowed|refuse|refused|block|ban|banned|disable)\b/.test(plain)
  )
    return set(`Switch off ${ofRisk(at).toLowerCase()}`, ...at.map((risk) => edit(['policy', 'autonomy', risk], 'off', by[risk])));
  const looks =
    /\b(?:approv\w*|look at|looked at|check|checked|see|seen|confirm\w*|sign off|signed off|ok|okay|ask me|asked|propos\w*|review\w*)\b/.test(
      plain,
    );
  const before = /\b(?:before|first|need|needs|unless|until|without|want|must|should|have to|nothing|never)\b/.test(plain);
  const live =
    named ||
    /\b(?:live|deploy\w*|ship\w*|releas\w*|roll(?:ed)? out)\b/.test(plain) ||
    /\bchanges?\b.*\bapprov|\bapprov\w*.*\bchanges?\b/.test(plain);
  if (!looks || !before || !live) return undefined;
  if (denies(plain) && /\b(?:no longer|not) need\b/.test(plain)) return toAct(at, by);
  return set(
    `${ofRisk(at)} need an approval`,
    ...at.flatMap((risk): readonly Edit[] => [
      ...proposed(risk, by),
      ...(settings.policy.approvals[risk] === 0 ? [edit(['policy', 'approvals', risk], 1, 0)] : []),
    ]),
  );
}

type By = { readonly [Risk in RiskClass]: Autonomy };
const toAct = (at: readonly RiskClass[], by: By): Wish =>
  set(`${ofRisk(at)} go live without an approval`, ...at.map((risk) => edit(['policy', 'autonomy', risk], 'act', by[risk])));
/** Approvals count only where a change is proposed. */
const proposed = (risk: RiskClass, by: By): readonly Edit[] =>
  by[risk] === 'act' ? [edit(['policy', 'autonomy', risk], 'propose', by[risk])] : [];
const edit = (path: readonly string[], value: Edit['value'], was: Edit['was']): Edit => ({ path, value, was });
