/** theseus.json: what the owner decided. Every part is checked; parts of the policy that are missing get the defaults stated here. */
import { type Autonomy, type GateName, type Limits, mostStrikes, type Policy, type RiskClass, type Role, type Settings } from '#kernel';
import { budgetsOf } from './budgets.ts';
import { currencyDigits } from './currencies.ts';
import { assuranceOf } from './assurance.ts';
import { outsideOf } from './outside-policy.ts';

type Reporter = (start: number, message: string) => void;

const risks: readonly RiskClass[] = ['low', 'medium', 'high'];
const gateNames: readonly GateName[] = [
  'parse',
  'types',
  'contract',
  'examples',
  'properties',
  'mutation',
  'proof',
  'workflow',
  'replay',
  'migration',
  'security',
  'quality',
];
const neededGates: readonly GateName[] = ['parse', 'types', 'contract', 'security', 'examples', 'properties'];
const defaultAutonomy: { readonly [Risk in RiskClass]: Autonomy } = { low: 'act', medium: 'propose', high: 'propose' };
/** A caller's rows are limited by the machine alone; what steers the system, and guesses at the door, are not. */
const defaultLimits: Limits = { calls: null, control: 50, signIns: 20 };
const defaultStrikes = 3;
const defaultApprovals: { readonly [Risk in RiskClass]: number } = { low: 0, medium: 1, high: 2 };

type Members = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings, or undefined after reporting what is wrong. */
export function settingsOf(text: string, report: Reporter): Settings | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    report(at === undefined ? 0 : Number(at), `theseus.json is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  let wrong = false;
  const problem = (member: string, message: string): void => {
    wrong = true;
    report(Math.max(0, text.indexOf(`"${member}"`)), message);
  };
  if (!isObject(json)) {
    report(0, 'theseus.json must be an object');
    return undefined;
  }
  const known = ['name', 'currency', 'timeZone', 'locale', 'collation', 'roles', 'policy', 'strategies'];
  for (const name of Object.keys(json))
    if (!known.includes(name)) problem(name, `${name} is not known in theseus.json; known are ${known.join(', ')}`);

  const name = json['name'];
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(name))
    problem('name', 'name must be the name of the system in small letters, digits and -, such as "shop"');
  const code = json['currency'];
  const digits = typeof code === 'string' ? currencyDigits(code) : undefined;
  if (digits === undefined) problem('currency', 'currency must be an ISO 4217 code such as "EUR"');
  const timeZone = json['timeZone'] ?? 'UTC';
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    problem('timeZone', 'timeZone must be a name of the time zone database, such as "Europe/Berlin"');
  const locale = json['locale'] ?? 'en';
  if (typeof locale !== 'string' || !isLocale(locale)) problem('locale', 'locale must be a language tag such as "en" or "de-CH"');
  const collation = json['collation'] ?? 'und-x-icu';
  if (typeof collation !== 'string' || !/^[A-Za-z0-9_.-]{1,63}$/.test(collation))
    problem('collation', 'collation must be the name of a PostgreSQL collation, such as "und-x-icu"');

  const roles = rolesOf(json['roles'], problem);
  const policy = policyOf(json['policy'] ?? {}, roles, problem);
  const strategies = strategiesOf(json['strategies'] ?? {}, problem);
  if (
    wrong ||
    typeof name !== 'string' ||
    typeof code !== 'string' ||
    digits === undefined ||
    typeof timeZone !== 'string' ||
    typeof locale !== 'string' ||
    typeof collation !== 'string'
  )
    return undefined;
  return { name, currency: { code, digits }, timeZone, locale, collation, roles, policy, strategies };
}

type Problem = (member: string, message: string) => void;

function rolesOf(json: unknown, problem: Problem): readonly Role[] {
  if (!isObject(json) || Object.keys(json).length === 0) {
    problem('roles', 'roles must name at least one role: { "owner": { "read": true, "write": true, "sensitive": true } }');
    return [];
  }
  return Object.entries(json).map(([name, rights]) => {
    if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(name) || name === 'constructor')
      problem(name, `a role is a camelCase word, not ${JSON.stringify(name)}`);
    if (!isObject(rights)) {
      problem(name, `the role ${name} must be { "read": ..., "write": ..., "sensitive": ... }`);
      return { name, read: false, write: false, sensitive: false };
    }
    const right = (key: 'read' | 'write' | 'sensitive'): boolean => {
      const value = rights[key] ?? false;
      if (typeof value !== 'boolean') problem(name, `${key} of the role ${name} must be true or false`);
      return value === true;
    };
    for (const key of Object.keys(rights))
      if (!['read', 'write', 'sensitive'].includes(key)) problem(key, `${key} is no right; a role has read, write, sensitive`);
    return { name, read: right('read'), write: right('write'), sensitive: right('sensitive') };
  });
}

/** Whether there are such points and strategies is known once the components are read. */
function strategiesOf(json: unknown, problem: Problem): { readonly [point: string]: string } {
  const entries = isObject(json) ? Object.entries(json) : [];
  const whole =
    isObject(json) &&
    entries.every(([point, name]) => /^(?:rule|operation)\/[a-zA-Z0-9]+#[a-zA-Z0-9-]+$/.test(point) && typeof name === 'string');
  if (!whole)
    problem(
      'strategies',
      'strategies must be { "rule/orderDiscount#combination": "largest" }: the strategy in use, by component and point',
    );
  return whole ? Object.fromEntries(entries.map(([point, name]) => [point, String(name)])) : {};
}

function policyOf(json: unknown, roles: readonly Role[], problem: Problem): Policy {
  const members = isObject(json) ? json : {};
  if (!isObject(json)) problem('policy', 'policy must be an object');
  const known = [
    'ask',
    'approve',
    'rollback',
    'freeze',
    'autonomy',
    'approvals',
    'gates',
    'isolation',
    'limits',
    'strikes',
    'onQuarantine',
    'outside',
    'assurance',
    'budgets',
  ];
  for (const name of Object.keys(members))
    if (!known.includes(name)) problem(name, `${name} is not known in policy; known are ${known.join(', ')}`);
  const first = roles[0]?.name;
  const who = (name: string): readonly string[] => {
    const value = members[name] ?? (first === undefined ? [] : [first]);
    if (
      Array.isArray(value) &&
      value.every((role): role is string => typeof role === 'string' && roles.some((known) => known.name === role))
    )
      return value;
    problem(name, `${name} must be a list of roles; known are ${roles.map((role) => role.name).join(', ')}`);
    return [];
  };
  function byRisk<Value>(
    name: string,
    fallback: { readonly [Risk in RiskClass]: Value },
    is: (value: unknown) => value is Value,
    what: string,
  ): { readonly [Risk in RiskClass]: Value } {
    const given = members[name] ?? {};
    if (!isObject(given)) {
      problem(name, `${name} must be { "low": ..., "medium": ..., "high": ... }`);
      return fallback;
    }
    for (const key of Object.keys(given))
      if (!risks.some((risk) => risk === key)) problem(key, `${key} is no class of risk; they are low, medium, high`);
    const one = (risk: RiskClass): Value => {
      const value = given[risk] ?? fallback[risk];
      if (is(value)) return value;
      problem(name, `${name} for ${risk} must be ${what}`);
      return fallback[risk];
    };
    return { low: one('low'), medium: one('medium'), high: one('high') };
  }
  const isolation = members['isolation'] ?? 'required';
  if (isolation !== 'required' && isolation !== 'preferred') problem('isolation', 'isolation must be "required" or "preferred"');
  return {
    ask: who('ask'),
    approve: who('approve'),
    rollback: who('rollback'),
    freeze: who('freeze'),
    autonomy: byRisk(
      'autonomy',
      defaultAutonomy,
      (value): value is Autonomy => value === 'act' || value === 'propose' || value === 'off',
      '"act", "propose" or "off"',
    ),
    approvals: byRisk(
      'approvals',
      defaultApprovals,
      (value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9,
      'a number from 0 to 9',
    ),
    gates: byRisk(
      'gates',
      { low: neededGates, medium: neededGates, high: neededGates },
      (value): value is readonly GateName[] => Array.isArray(value) && value.every((name) => gateNames.some((gate) => gate === name)),
      `a list of ${gateNames.join(', ')}`,
    ),
    isolation: isolation === 'preferred' ? 'preferred' : 'required',
    limits: limitsOf(members['limits'] ?? {}, problem),
    budgets: budgetsOf(members['budgets'] ?? {}, problem),
    ...(members['assurance'] === undefined ? {} : { assurance: assuranceOf(members['assurance'], problem) }),
    ...(members['outside'] === undefined ? {} : { outside: outsideOf(members['outside'], problem) }),
    ...quarantinePolicyOf(members, problem),
  };
}

function quarantinePolicyOf(members: Members, problem: Problem): Pick<Policy, 'strikes' | 'onQuarantine'> {
  const strikes = members['strikes'] ?? defaultStrikes;
  const known = typeof strikes === 'number' && Number.isInteger(strikes) && strikes >= 1 && strikes <= mostStrikes;
  if (!known)
    problem('strikes', `strikes must be a whole number from 1 to ${mostStrikes}: so many in a day quarantine a component version`);
  const onQuarantine = members['onQuarantine'] ?? 'roll-back';
  if (onQuarantine !== 'roll-back' && onQuarantine !== 'hold')
    problem('onQuarantine', 'onQuarantine must be "roll-back" (the newest change, where it brought the version) or "hold"');
  return { strikes: known ? strikes : defaultStrikes, onQuarantine: onQuarantine === 'hold' ? 'hold' : 'roll-back' };
}

function limitsOf(json: unknown, problem: Problem): Limits {
  if (!isObject(json)) {
    problem('limits', 'limits must be { "calls": ..., "control": ..., "signIns": ... }');
    return defaultLimits;
  }
  for (const key of Object.keys(json))
    if (!Object.hasOwn(defaultLimits, key)) problem(key, `${key} is no limit; they are ${Object.keys(defaultLimits).join(', ')}`);
  const one = (name: 'control' | 'signIns', what: string): number => {
    const value = json[name] ?? defaultLimits[name];
    if (isRate(value)) return value;
    problem(name, `${name} must be a whole number from 1 to 1000000: ${what}`);
    return defaultLimits[name];
  };
  const calls = json['calls'] ?? null;
  if (calls !== null && !isRate(calls))
    problem('calls', 'calls must be a whole number from 1 to 1000000: requests a second of one caller; or null, for no limit');
  return {
    calls: isRate(calls) ? calls : null,
    control: one('control', 'alterations a second of one caller through the control API'),
    signIns: one('signIns', 'failed sign-ins a minute from one address'),
  };
}
const isRate = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
