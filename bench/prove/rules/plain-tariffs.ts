/** Rules as they are published elsewhere, as people and models write them: parking, power and water, overtime, refunds, hit policies. Their truth was found by going through all rows of a grid in plain TypeScript. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const plainTariffs: readonly RuleCase[] = [
  holds({
    id: 'published-parking-begun-hours',
    title: 'Parking begun hours',
    files: ruled(
      'park',
      `minutes: integer({ required: true, min: 0, max: 1440 }),fee: money({ live: decided }),`,
      'fee',
      `(park) => park.minutes <= 15 ? money('0.00') : min(divide(park.minutes, 60, { scale: 0, rounding: 'up' }) * money('2.50'), money('20.00'))`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'minutes', direction: 'up' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-parking-cap-begins-anew',
      title: 'Parking cap begins anew',
      files: ruled(
        'park',
        `minutes: integer({ required: true, min: 0, max: 4320 }),fee: money({ live: decided }),`,
        'fee',
        `(park) => { const days = divide(park.minutes, 1440, { scale: 0, rounding: 'down' }); const hours = divide(park.minutes % 1440, 60, { scale: 0, rounding: 'up' }); return days * money('18.00') + hours * money('2.50'); }`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'minutes', direction: 'up' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { minutes: 1439 }, changed: { minutes: 1440 } },
  ),
  holds({
    id: 'published-power-tiers-min-max',
    title: 'Power tiers min max',
    files: ruled(
      'meter',
      `kwh: integer({ required: true, min: 0, max: 100000 }),cost: integer({ live: decided }),`,
      'cost',
      `(meter) => Math.min(meter.kwh, 200) * 30 + Math.max(0, Math.min(meter.kwh, 500) - 200) * 35 + Math.max(0, meter.kwh - 500) * 42`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'kwh', direction: 'up' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-water-tier-wrong-base',
      title: 'Water tier wrong base',
      files: ruled(
        'meter',
        `litres: integer({ required: true, min: 0, max: 100000 }),cost: integer({ live: decided }),`,
        'cost',
        `(meter) => meter.litres <= 10000 ? meter.litres * 3 : meter.litres <= 30000 ? 30000 + (meter.litres - 10000) * 4 : 100000 + (meter.litres - 30000) * 6`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'litres', direction: 'up' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { litres: 30000 }, changed: { litres: 30001 } },
  ),
  holds({
    id: 'published-min-of-three',
    title: 'Min of three',
    files: ruled(
      'grant',
      `cost: integer({ required: true, min: 0, max: 100000 }),asked: integer({ required: true, min: 0, max: 100000 }),paid: integer({ live: decided }),`,
      'paid',
      `(grant) => Math.min(grant.cost, grant.asked, 25000)`,
      `(grant) => grant.paid <= 25000 && grant.paid <= grant.asked && grant.paid <= grant.cost`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-overtime-two-steps',
    title: 'Overtime two steps',
    files: ruled(
      'week',
      `hours: integer({ required: true, min: 0, max: 100 }),wage: integer({ required: true, min: 10, max: 100 }),pay: integer({ live: decided }),`,
      'pay',
      `(week) => { const { hours, wage } = week; const normal = Math.min(hours, 40); const half = Math.max(0, Math.min(hours, 60) - 40); const double = Math.max(0, hours - 60); return normal * wage * 10 + half * wage * 15 + double * wage * 20; }`,
      `(week) => week.pay <= week.hours * week.wage * 20 && week.pay >= week.hours * week.wage * 10`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-overtime-counted-twice',
      title: 'Overtime counted twice',
      files: ruled(
        'week',
        `daily: integer({ required: true, min: 0, max: 60 }),hours: integer({ required: true, min: 0, max: 100 }),paid: integer({ live: decided }),`,
        'paid',
        `(week) => week.hours * 10 + max(0, week.hours - 40) * 5 + week.daily * 5`,
        `(week) => week.daily > week.hours || week.paid <= week.hours * 15`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { daily: 41, hours: 41 } },
  ),
  holds({
    id: 'published-refund-by-days-before',
    title: 'Refund by days before',
    files: ruled(
      'trip',
      `on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),cancelled: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),price: money({ required: true, min: '0.00', max: '9999.00' }),refund: money({ live: decided }),`,
      'refund',
      `(trip) => { const before = daysBetween(trip.cancelled, trip.on); const steps = [{ days: 30, percent: 100 }, { days: 14, percent: 50 }, { days: 7, percent: 25 }]; return percentOf(trip.price, steps.find((s) => before >= s.days)?.percent ?? 0); }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'cancelled', direction: 'down' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-refund-ladder-shadowed',
      title: 'Refund ladder shadowed',
      files: ruled(
        'trip',
        `before: integer({ required: true, min: 0, max: 400 }),percent: integer({ live: decided }),`,
        'percent',
        `(trip) => { if (trip.before >= 7) return 25; if (trip.before >= 14) return 50; if (trip.before >= 30) return 100; return 0; }`,
        `(trip) => trip.before < 30 || trip.percent === 100`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { before: 30 } },
  ),
  holds({
    id: 'published-priority-by-reduce',
    title: 'Priority by reduce',
    files: ruled(
      'lead',
      `vip: boolean({ required: true }),old: boolean({ required: true }),open: integer({ required: true, min: 0, max: 100 }),queue: integer({ live: decided }),`,
      'queue',
      `(lead) => { const rows = [{ hit: lead.vip, queue: 1 }, { hit: lead.open > 5, queue: 2 }, { hit: true, queue: 3 }]; return rows.find((r) => r.hit)?.queue ?? 3; }`,
      `(lead) => !lead.vip || lead.queue === 1`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-priority-first-of-filter',
      title: 'Priority first of filter',
      files: ruled(
        'lead',
        `vip: boolean({ required: true }),open: integer({ required: true, min: 0, max: 100 }),queue: integer({ live: decided }),`,
        'queue',
        `(lead) => { const rows = [{ hit: lead.open > 5, queue: 2 }, { hit: lead.vip, queue: 1 }]; return rows.filter((r) => r.hit)[0]?.queue ?? 3; }`,
        `(lead) => !lead.vip || lead.queue === 1`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { vip: true, open: 6 } },
  ),
  fails(
    {
      id: 'published-unique-by-length',
      title: 'Unique by length',
      files: ruled(
        'claim',
        `age: integer({ required: true, min: 0, max: 120 }),years: integer({ required: true, min: 0, max: 80 }),hits: integer({ live: decided }),`,
        'hits',
        `(claim) => { const rows = [{ hit: claim.age < 18 }, { hit: claim.age >= 18 && claim.age <= 60 }, { hit: claim.age >= 60 }]; return rows.filter((r) => r.hit).length; }`,
        `(claim) => claim.hits === 1`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { age: 60, years: 0 } },
  ),
  holds({
    id: 'published-any-policy-agrees',
    title: 'Any policy agrees',
    files: ruled(
      'claim',
      `age: integer({ required: true, min: 0, max: 120 }),student: boolean({ required: true }),fare: money({ live: decided }),`,
      'fare',
      `(claim) => { const rows = [{ hit: claim.age < 18, fare: money('2.00') }, { hit: claim.student && claim.age < 27, fare: money('2.00') }, { hit: claim.age >= 65, fare: money('2.50') }]; return rows.find((r) => r.hit)?.fare ?? money('4.00'); }`,
      `(claim) => claim.age >= 18 || claim.fare === money('2.00')`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-collect-sum-for-let',
    title: 'Collect sum for let',
    files: ruled(
      'ride',
      `bag: boolean({ required: true }),pet: boolean({ required: true }),bike: boolean({ required: true }),extra: money({ live: decided }),`,
      'extra',
      `(ride) => { const extras = [{ on: ride.bag, fee: money('3.00') }, { on: ride.pet, fee: money('7.50') }, { on: ride.bike, fee: money('9.00') }]; let total = money('0.00'); for (const extra of extras) if (extra.on) total += extra.fee; return total; }`,
      `(ride) => ride.extra <= money('19.50')`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-array-by-index',
      title: 'Array by index',
      files: ruled(
        'tier',
        `level: integer({ required: true, min: 0, max: 9 }),percent: integer({ live: decided }),`,
        'percent',
        `(tier) => [0, 5, 10, 15, 20, 25, 30, 35, 40][tier.level]`,
      ),
      statement: { kind: 'present', of: 'rule/decided' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { level: 9 } },
  ),
  holds({
    id: 'published-fine-by-speed-and-place',
    title: 'Fine by speed and place',
    files: ruled(
      'fine',
      `over: integer({ required: true, min: 1, max: 100 }),place: choice({ required: true, choices: [town, road] }),times: integer({ required: true, min: 0, max: 5 }),amount: integer({ live: decided }),`,
      'amount',
      `(fine) => { const town = [{ to: 10, sum: 30 }, { to: 15, sum: 50 }, { to: 20, sum: 70 }, { to: 25, sum: 115 }, { to: 100, sum: 400 }]; const road = [{ to: 10, sum: 20 }, { to: 15, sum: 40 }, { to: 20, sum: 60 }, { to: 25, sum: 100 }, { to: 100, sum: 320 }]; const rows = fine.place === 'town' ? town : road; const base = rows.find((r) => fine.over <= r.to)?.sum ?? 0; return fine.times >= 2 ? base * 2 : base; }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'over', direction: 'up' },
    why: 'All rows of the grid keep it.',
  }),
];
