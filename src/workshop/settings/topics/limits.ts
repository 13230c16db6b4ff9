/** How often one may knock, how many strikes a component has, what becomes of it then, and how hosts are contained. */
import { type Asked, numberAt, refusedWish, set, type Wish } from '../wish.ts';

const PER = '(?:per|a|an|each|every|in 1|in a|1|within a|within 1)';

export function limits(asked: Asked): Wish | undefined {
  return signIns(asked) ?? control(asked) ?? calls(asked) ?? quarantine(asked) ?? isolation(asked) ?? outside(asked);
}

function calls({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:requests?|calls?|queries|hits|rate limit)\b/.test(plain)) return undefined;
  const was = settings.policy.limits.calls;
  const path = ['policy', 'limits', 'calls'];
  if (
    /\b(?:no|without(?: a| any)?|remove the|lift the|unlimited)\b.*\b(?:limit|requests|calls)\b/.test(plain) &&
    numberAt(plain, /(\d+)/) === undefined
  )
    return set('A caller may make any number of requests a second', { path, value: null, was });
  if (/\bany number of requests\b/.test(plain)) return set('A caller may make any number of requests a second', { path, value: null, was });
  const unit = new RegExp(`\\b${PER} (second|minute|hour|day)`).exec(plain)?.[1];
  const number =
    numberAt(plain, /(\d+(?:\.\d+)?) (?:requests?|calls?|queries|hits|times)\b/) ??
    numberAt(plain, /\b(?:to|at|of|than|most|be) (\d+(?:\.\d+)?)\b/);
  if (unit === undefined || number === undefined) return undefined;
  const seconds = { second: 1, minute: 60, hour: 3600, day: 86_400 }[unit as 'second' | 'minute' | 'hour' | 'day'];
  if (number % seconds !== 0)
    return refusedWish(`Requests are counted by the second: ${number} a ${unit} is no whole number of them. Say how many a second.`);
  return set(`A caller may make at most ${number / seconds} requests a second`, { path, value: number / seconds, was });
}

function control({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:control|alterations|change requests|requests for changes?)\b/.test(plain) || !new RegExp(`\\b${PER} second`).test(plain))
    return undefined;
  const number = numberAt(plain, /(\d+)/);
  if (number === undefined) return undefined;
  return set(`A caller may make at most ${number} alterations a second through the control interface`, {
    path: ['policy', 'limits', 'control'],
    value: number,
    was: settings.policy.limits.control,
  });
}

function signIns({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:sign ?ins?|sign in|signing in|log ?ins?|logging in|passwords?)\b/.test(plain)) return undefined;
  const number =
    numberAt(plain, /(\d+) (?:\w+ ){0,2}(?:tries|attempts|times|guesses|sign ?ins?|log ?ins?|passwords?|mistakes|failures)\b/) ??
    numberAt(plain, /\b(?:to|at|than|most) (\d+)\b/);
  if (
    number === undefined ||
    !/\b(?:tries|attempts|guess\w*|failed|fail|wrong|limit|mistakes|failures|times|at most|more than)\b/.test(plain)
  )
    return undefined;
  const unit = new RegExp(`\\b${PER} (second|minute|hour|day)`).exec(plain)?.[1] ?? 'minute';
  const value = unit === 'minute' ? number : unit === 'hour' ? number / 60 : undefined;
  if (value === undefined || !Number.isInteger(value))
    return refusedWish(`Failed sign-ins are counted by the minute: say how many a minute, not a ${unit}.`);
  return set(`At most ${value} failed sign-ins a minute`, {
    path: ['policy', 'limits', 'signIns'],
    value,
    was: settings.policy.limits.signIns,
  });
}

function quarantine({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:strikes?|misbehav\w*|quarantin\w*)\b/.test(plain)) return undefined;
  const { strikes, onQuarantine } = settings.policy;
  const number =
    numberAt(plain, /(\d+) (?:\w+ )?(?:strikes?|times|mistakes|errors|failures|offences|faults)\b/) ??
    numberAt(plain, /\bstrikes? (?:to|at|is|be|of) (\d+)\b/) ??
    (/\bonce\b|\b(?:a|first) (?:single )?(?:strike|time)\b|\bsingle (?:time|strike)\b/.test(plain) ? 1 : undefined);
  if (number !== undefined)
    return set(`Quarantine a component after ${number} strike${number === 1 ? '' : 's'}`, {
      path: ['policy', 'strikes'],
      value: number,
      was: strikes,
    });
  const back = /\b(?:roll\w*|take\w*|taken|put) (?:\w+ ){0,4}back\b|\brollback\b/.test(plain);
  if (!back && !/\bhold\b|\bleave\b|\bstay\b/.test(plain)) return undefined;
  const hold = /\b(?:not|no longer|never|hold|leave|stay|without)\b/.test(plain);
  return set(
    hold ? 'Hold the newest change when a component is quarantined' : 'Roll back the newest change when a component is quarantined',
    {
      path: ['policy', 'onQuarantine'],
      value: hold ? 'hold' : 'roll-back',
      was: onQuarantine,
    },
  );
}

function isolation({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:isolat\w*|namespaces?|sandbox\w*|own user)\b/.test(plain)) return undefined;
  const required = /\b(?:required?|requires|must|always|only|never|insist|mandatory|strict\w*)\b/.test(plain);
  if (!required && !/\b(?:preferred|prefer|optional|may|need no|needs no|not required|where possible)\b/.test(plain)) return undefined;
  const value = required && !/\bnot (?:be )?(?:required|mandatory|necessary)\b/.test(plain) ? 'required' : 'preferred';
  return set(`Isolation of hosts is ${value}`, { path: ['policy', 'isolation'], value, was: settings.policy.isolation });
}

function outside({ plain, settings }: Asked): Wish | undefined {
  const host = /\b((?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?|[a-z0-9]+:\d{2,5})\b/.exec(plain.replace(/https? ?:?\/\/ ?/g, ''))?.[1];
  if (
    host === undefined ||
    !/\b(?:private|internal|without tls|inside our network|local network|own network|in house|intranet|may be (?:reached|asked|called))\b/.test(
      plain,
    )
  )
    return undefined;
  const was = settings.policy.outside?.private ?? [];
  const off = /\b(?:no longer|not|never|remove|stop)\b/.test(plain);
  const value = off ? was.filter((each) => each !== host) : was.includes(host) ? was : [...was, host];
  return set(off ? `The host ${host} is no longer private` : `The host ${host} may be private`, {
    path: ['policy', 'outside', 'private'],
    value,
    was,
  });
}
