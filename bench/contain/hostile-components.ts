/** The attacks of test/attacks that are components: what stands in the system, what calls it, and what says that it escaped. */
import { attacksOf } from '../../test/attacks/harness/collection.ts';
import type { IsolateAttack } from '../../test/attacks/harness/attack.ts';
import { deedText, spoils } from '../../test/attacks/harness/deed.ts';
import { textOf } from '../../test/attacks/harness/isolates.ts';
import type { HostileOperation, HostileSystem, SystemAttack } from '../../test/attacks/harness/systems.ts';
import type { World } from '../../test/attacks/harness/world.ts';

export interface HostileComponent {
  readonly name: string;
  readonly operations: { readonly [name: string]: HostileOperation };
  /** Calls it, and answers what was seen of a success. */
  readonly attack: (system: HostileSystem) => Promise<readonly string[]>;
}
const inIsolates = ['realm', 'next-call', 'bombs'];
const inSystems = ['capabilities', 'contracts', 'injection', 'deadlines', 'access'];

export async function hostileComponents(world: World): Promise<readonly HostileComponent[]> {
  const found: HostileComponent[] = [];
  for (const kind of inIsolates)
    for (const [name, attack] of await attacksOf<IsolateAttack>(kind)) found.push(isolated(`${kind}/${name}`, found.length, attack, world));
  for (const kind of inSystems)
    for (const [name, { operations = {}, run }] of await attacksOf<SystemAttack>(kind))
      found.push({ name: `${kind}/${name}`, operations, attack: (system) => judged(() => run(system), system, world) });
  return found;
}

function isolated(name: string, number: number, attack: IsolateAttack, world: World): HostileComponent {
  const operation = `attack${number}`;
  const field = (letter: string): string => `f_atk${number}${letter}`;
  return {
    name,
    operations: {
      [operation]: {
        code: textOf(attack, deedText(world.target)),
        capabilities: `{ product: ['read', 'create', 'update', 'delete'] }`,
        input: `{ turn: integer({ id: '${field('t')}', no: 1 }), secret: text({ id: '${field('s')}', no: 2 }) }`,
        output: `{ fields: { said: json({ id: '${field('a')}', no: 1 }), loot: json({ id: '${field('l')}', no: 2 }) } }`,
        more: `emits: ['granted', 'flood', 'x'],`,
      },
    },
    attack: (system) =>
      judged(
        async () => {
          const turns = attack.turns ?? 1;
          for (let turn = 1; turn <= turns; turn += 1) {
            const { status, text } = await system.operate(operation, { turn, secret: `given-to-turn-${turn}-alone` });
            if (status === 401 || (status === 404 && !text.includes('There is no product'))) throw new Error(`it was not called: ${text}`);
            if (/"loot":\["/.test(text)) throw new Error(`loot: ${text.slice(0, 200)}`);
            for (let other = 1; other <= turns; other += 1)
              if (other !== turn && text.includes(`given-to-turn-${other}-alone`)) throw new Error(`turn ${turn} knows of turn ${other}`);
            for (const secret of [...world.secrets, system.secret, system.operatorKey])
              if (text.includes(secret)) throw new Error('a secret came out');
          }
        },
        system,
        world,
      ),
  };
}

async function judged(attack: () => Promise<void>, system: HostileSystem, world: World): Promise<readonly string[]> {
  const seen: string[] = [];
  const lines = system.logged.length;
  try {
    await attack();
  } catch (cause) {
    seen.push(cause instanceof Error ? cause.message.slice(0, 400) : String(cause));
  }
  const note = await system.call('GET', `/api/secret-notes/${system.note}`);
  if (note.status !== 200 || note.json['body'] !== system.secret) seen.push('the row of another was altered');
  if (system.logged.slice(lines).some((line) => line.includes(`"${spoils} `))) seen.push('spoils were told');
  return [...seen, ...world.sightings()];
}
