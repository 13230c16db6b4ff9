/** What the settings say: who may do what, how often, for how much, and by which strategies. */
import type { KnownPoint } from '#settings';
import type { Reading } from './known-things.ts';
import { type Make, spoken, type Statement } from './statement.ts';

export function ofSettings(reading: Reading, points: readonly KnownPoint[], make: Make): readonly Statement[] {
  const { policy, roles } = reading.model.settings;
  const steer = (['ask', 'approve', 'rollback', 'freeze'] as const).map((verb) =>
    make('setting', 'theseus.json', `${policy[verb].join(' and ')} may ${verb} changes`, {
      text: { ask: 'request', approve: 'sign accept', rollback: 'take back undo', freeze: 'stop' }[verb],
      named: policy[verb],
    }),
  );
  return [
    ...steer,
    ...roles.map((role) =>
      make(
        'setting',
        'theseus.json',
        `${role.name} may ${role.read ? '' : 'not '}read, may ${role.write ? '' : 'not '}write, may ${role.sensitive ? '' : 'not '}see sensitive values`,
        { named: [role.name] },
      ),
    ),
    ...(['low', 'medium', 'high'] as const).map((risk) =>
      make(
        'setting',
        'theseus.json',
        `changes of ${risk} risk ${policy.autonomy[risk] === 'act' ? 'go live by themselves' : 'wait'} need ${policy.approvals[risk]} approvals`,
        { named: [risk] },
      ),
    ),
    make('setting', 'theseus.json', `a component is quarantined after ${policy.strikes} strikes`),
    make('setting', 'theseus.json', `failed sign-ins ${policy.limits.signIns} a minute`, { text: 'password login wrong' }),
    make('setting', 'theseus.json', `requests ${policy.limits.calls ?? 'unlimited'} calls a second of one caller`),
    make('setting', 'theseus.json', `requests for changes ${policy.limits.control} a second`),
    make('setting', 'theseus.json', `models cost at most ${policy.budgets.day.usd ?? ''} a day ${policy.budgets.month.usd ?? ''} a month`, {
      text: 'ai budget dollars',
    }),
    ...points.flatMap((point) =>
      point.strategies.map((strategy) =>
        make(strategy.name === point.chosen ? 'setting' : 'otherwise', point.component, strategy.meaning, {
          text: `${strategy.name} ${point.what} ${spoken(point.component.split('/')[1] ?? '')}`,
        }),
      ),
    ),
  ];
}
