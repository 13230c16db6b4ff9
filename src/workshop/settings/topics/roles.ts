/** Roles of theseus.json: new ones, and what each may do with the rows of every entity where no component says more. */
import { all, type Asked, denies, type Edit, isOnly, refusedWish, set, type Wish } from '../wish.ts';

const rights = [
  ['sensitive', /\b(?:sensitive|confidential)\b/, 'see sensitive values'],
  [
    'write',
    /\b(?:write|edit|modify|alter|enter|change anything|change everything|change rows|change data|write access|edit access)\b/,
    'write',
  ],
  ['read', /\b(?:read|see|look at|view) (?:anything|everything|rows|data|all|the rows|the data)\b|\bread\b|\bread access\b/, 'read'],
] as const;

export function roles(asked: Asked): Wish | undefined {
  return added(asked) ?? removed(asked) ?? granted(asked);
}

function added({ plain, settings }: Asked): Wish | undefined {
  const match =
    /\b(?:add|create|introduce|need|new|another|have|make)\b.*\broles?\b (?:called |named |for (?:our |the |an? )?|of (?:an? )?)?(?:the )?([a-z]+)\b/.exec(
      plain,
    ) ??
    /\b(?:add|create|introduce|need|new|another|make)\b (?:an? |the )?(?:new )?([a-z]+) role\b/.exec(plain) ??
    (/\brole\b/.test(plain) ? /\b(?:an?|the|our) (?:new )?([a-z]+) who (?:may|can|should|must)\b/.exec(plain) : null);
  const name = match?.[1];
  if (name === undefined || ['that', 'who', 'which', 'with', 'may', 'new', 'can', 'of', 'and', 'is', 'has', 'for'].includes(name))
    return undefined;
  if (/\b(?:remove|delete|drop)\b/.test(plain)) return undefined;
  const role = settings.roles.find((known) => known.name === name)?.name ?? name;
  const rest = plain.slice((match?.index ?? 0) + (match?.[0].length ?? 0));
  const denied = /\b(?:not|never|nothing|neither|nor|no)\b(?: \w+){0,2} (?:write|edit|change|alter)\b|\bonly (?:read|see|look)\b/.test(
    rest,
  );
  const blind =
    /\b(?:not|never|neither)\b(?: \w+){0,1} (?:read|see|look at|view)\b(?! sensitive| confidential)|\b(?:without|no|has no|have no) (?:any )?(?:rights?|access)\b|\b(?:do|does|may|can|sees?|reads?) nothing\b/.test(
      rest,
    );
  const given = {
    read: !blind,
    write: /\b(?:write|edit|change|alter)\b/.test(rest) && !denied,
    sensitive:
      /\b(?:sensitive|confidential)\b/.test(rest) && !/\b(?:not?|nor|neither|never)\b(?: \w+){0,2} (?:sensitive|confidential)\b/.test(rest),
  };
  const known = settings.roles.find((each) => each.name === role);
  const may = [...(given.read ? ['read'] : []), ...(given.write ? ['write'] : []), ...(given.sensitive ? ['see sensitive values'] : [])];
  return set(`Add a role ${role} that may ${may.length === 0 ? 'neither read nor write' : all(may)}`, {
    path: ['roles', role],
    value: given,
    was: known === undefined ? null : { read: known.read, write: known.write, sensitive: known.sensitive },
  });
}

function removed({ plain, settings, roles: named }: Asked): Wish | undefined {
  const [role] = named;
  if (role === undefined || named.length > 1 || !/\b(?:remove|delete|drop|abolish|get rid of)\b.*\brole\b/.test(plain)) return undefined;
  const { policy } = settings;
  const used = (['ask', 'approve', 'rollback', 'freeze'] as const).filter((right) => policy[right].includes(role));
  if (used.length > 0)
    return refusedWish(`The role ${role} cannot go while it may ${all(used)} in the policy. Take that away from it first.`);
  const known = settings.roles.find((each) => each.name === role);
  return set(`Remove the role ${role}`, {
    path: ['roles', role],
    value: undefined,
    was: { read: known?.read ?? false, write: known?.write ?? false, sensitive: known?.sensitive ?? false },
  });
}

function granted({ plain, settings, roles: named, ofThings }: Asked): Wish | undefined {
  if (ofThings || named.length === 0 || /\b(?:changes|features|risk)\b/.test(plain)) return undefined;
  const right = rights.find(([, words]) => words.test(plain));
  if (right === undefined) return undefined;
  const [name, , words] = right;
  const only = isOnly(plain);
  const value = !denies(plain) || /\bnot only\b/.test(plain);
  const edits = settings.roles.flatMap((role): readonly Edit[] => {
    const wanted = named.includes(role.name) ? (only ? true : value) : only ? false : role[name];
    return named.includes(role.name) || (only && role[name]) ? [{ path: ['roles', role.name, name], value: wanted, was: role[name] }] : [];
  });
  const subject = named.map((role) => `${role}s`);
  return set(only ? `Only ${all(subject)} may ${words}` : `${capital(all(subject))} may ${value ? '' : 'not '}${words}`, ...edits);
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
