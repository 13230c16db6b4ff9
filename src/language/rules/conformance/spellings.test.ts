/** What people and models write plainly, `let`, loops, `switch` with `break`, tables, means in formulas what JavaScript makes of the same source. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreedRows, agreementOver } from './agreement.ts';
import { drawn } from './drawn.ts';
import { writtenRule, type WrittenRule } from './written-rules.ts';

const seed = Number(process.env['RULES_SEED'] ?? 7);
const count = Number(process.env['RULES_RUNS'] ?? 250) * 3;
const agree = agreementOver(agreedRows(seed));

test('drawn rules mean what JavaScript makes of their sources, and four of five are taken', () => {
  let taken = 0;
  for (let number = 0; number < count; number += 1) {
    const rule = writtenRule(drawn(seed, number));
    const agreement = agree(rule);
    if (agreement.is === 'agreed') taken += 1;
    if (agreement.is === 'different')
      assert.fail(
        `${rule.source}\n${agreement.by} gives ${String(agreement.meant)}, the source ${String(agreement.said)}: ${JSON.stringify(agreement.row)}`,
      );
  }
  assert.ok(taken >= count * 0.75, `${taken} of ${count}`);
});

const choice = (source: string): WrittenRule => ({ source, gives: 'choice' });
const alike: readonly (string | WrittenRule)[] = [
  // what changes, and what was made of it before
  '(order) => { let n = 1; const rows = [{ v: n }]; n += 4; return rows[0].v + n; }',
  '(order) => { let n = 1; for (const r of [{ v: n }, { v: n }]) n += r.v; return n; }',
  '(order) => { let n = 1; for (const v of [n, n * 10]) { n += v; } return n; }',
  '(order) => { let n = 0; for (const { v, hit } of [{ v: 3, hit: order.gift }, { v: 4, hit: true }]) { if (hit) n += v; else n -= 1; } return n; }',
  '(order) => { let n = 2; n *= 3; n++; n -= order.lines.length; return n; }',
  '(order) => { let a = 1; let b = 2; for (const x of [1, 2, 3]) { const c = a; a = b; b = c + x; } return a * 100 + b; }',
  '(order) => { let n = 0; for (const a of [1, 2]) for (const b of [10, 20]) if (order.gift) n += a * b; return n; }',
  '(order) => { let rate = order.rate; if (rate === undefined) rate = 1; return rate + 1; }',
  '(order) => { let n = 0; if (order.gift) { let own = 5; own += 1; n = own; } return n; }',
  '(order) => { let n = 0; { const a = 1; n += a; } const a = 10; return n + a; }',
  '(order) => { let n = 0, m = 1; n += m; m += n; return n * 10 + m; }',
  // a name hides another only where JavaScript lets it
  '(order) => { const k = 1; const rows = [{ v: k }]; return [5, 6].some((k) => rows.some((r) => r.v === k)); }',
  '(order) => { const line = { quantity: 1000 }; return order.lines.some((line) => line.quantity === 1000); }',
  '(order) => { const rows = [{ v: order.weight }]; return [{ weight: 3 }].some((order) => rows.some((r) => r.v === order.weight)); }',
  '(order) => { const unitPrice = order.shipping; return order.lines.filter((a) => a.unitPrice > unitPrice).some((unitPrice) => unitPrice.quantity > 0); }',
  '(order) => order.lines.filter(({ rebate }) => rebate !== undefined).length + sum(order.lines, ({ quantity: q }) => q)',
  // ways that return, and ways that go on
  '(order) => { let n = 1; if (order.gift) { if (order.weight > 20) return 9; n = 2; } n += 1; return n; }',
  '(order) => { for (const r of [{ v: 1, hit: order.gift }, { v: 2, hit: order.weight > 20 }]) { if (r.hit) return r.v; } return 0; }',
  '(order) => { let n = 0; for (const r of [{ v: 1, hit: order.gift }, { v: 2, hit: order.weight > 20 }]) { n += r.v; if (r.hit) return n; } return -n; }',
  "(order) => { let n = 0; switch (order.status) { case 'open': case 'paid': n = 1; break; case 'shipped': return 5; } return n + 1; }",
  "(order) => { let n = 0; switch (order.status) { case 'open': n = 1; break; default: n = 2; } n *= 2; return n; }",
  '(order) => { switch (true) { case order.weight > 30: return 3; case order.gift: return 2; default: return 1; } }',
  // an absent yes or no
  '(order) => (order.urgent && order.gift) === false',
  '(order) => { const both = order.urgent && order.gift; return both === order.gift; }',
  '(order) => [{ hit: order.urgent || order.gift }].every((r) => r.hit === false)',
  '(order) => (order.gift && order.urgent) ?? true',
  // tables by place and by key
  '(order) => [10, 20, 30][order.lines.length - 1] ?? 99',
  "(order) => ({ \"it's\": 1, '': 2, '%': 3, toString: 4 })[order.note ?? 'none'] ?? 0",
  "(order) => { const size = order.gift ? 'small' : order.weight > 20 ? 'large' : 'other'; return ({ small: 1, large: 2 })[size] ?? 3; }",
  "(order) => { const rows = [{ s: order.gift ? 'open' : 'paid', v: 1 }]; return rows.find((r) => r.s === order.status)?.v ?? 0; }",
  '(order) => { const near = [{ v: 1 }]; const far = [{ v: 2 }, { v: 3 }]; const rows = order.gift ? near : far; return sum(rows, (r) => r.v) + rows.length; }',
  '(order) => { const near = [{ v: 1 }]; const far = [{ v: 2 }]; return { open: near, paid: far, shipped: far }[order.status].find((r) => r.v > 0)?.v ?? 0; }',
  '(order) => { const boards = [{ length: 5, hit: order.gift }]; return boards.find((b) => b.hit)?.length ?? 0; }',
  '(order) => { const found = [{ v: 1, hit: order.gift }].find((r) => r.hit); if (!found) return 0; return found.v; }',
  '(order) => { const found = [{ v: 1, hit: order.gift }].find((r) => r.hit); return found ? found.v + 1 : 0; }',
  // lists, and lists without items
  '(order) => order.lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0)',
  '(order) => order.lines.filter((line) => line.quantity > 100).reduce((most, line) => Math.max(most, line.quantity), -7)',
  '(order) => Math.min(3, ...order.lines.filter((line) => line.quantity < 0).map((line) => line.quantity))',
  '(order) => Math.max(order.weight, 2.5, order.lines.length)',
  // loops that are left, and loops over rows of the database
  '(order) => { let n = 0; for (const r of [{ v: 1, hit: order.gift }, { v: 2, hit: true }, { v: 4, hit: false }]) { if (!r.hit) continue; n += r.v; } return n; }',
  '(order) => { let n = 0; for (const r of [{ to: 10, v: 1 }, { to: 30, v: 2 }, { to: 90, v: 3 }]) { if (order.weight <= r.to) { n = r.v; break; } } return n; }',
  '(order) => { let n = 0; for (const r of [{ to: 10, v: 1 }, { to: 30, v: 2 }]) { n += 10; if (order.weight <= r.to) break; n += r.v; } n *= 2; return n; }',
  '(order) => { let n = 0; for (const v of [1, 2, 3]) { if (order.weight > v * 9) { let own = v; own += 1; n += own; continue; } if (order.gift) return n; n -= v; } return n; }',
  '(order) => { let n = 0; if (order.gift) { for (const v of [1, 2, 3]) { if (v > order.lines.length) break; n += v; } } return n; }',
  '(order) => { let n = 0; let m = 0; for (const line of order.lines) { if (line.rebate !== undefined) { n += line.quantity * 2; m++; } m += line.quantity; } return n + m; }',
  "(order) => { let total = money('1.00'); for (const { quantity, unitPrice: each } of order.lines) if (quantity > 1) total -= quantity * each; return total; }",
  choice("(order) => { let s = order.status; if (order.gift) s = 'paid'; return s; }"),
  choice(
    "(order) => { let s = 'open'; for (const r of [{ hit: order.gift }, { hit: order.weight > 20 }]) if (r.hit) s = 'shipped'; return s; }",
  ),
];
for (const one of alike) {
  const rule: WrittenRule = typeof one === 'string' ? { source: one, gives: 'number' } : one;
  test(`it means what it says: ${rule.source}`, () => {
    const agreement = agree(rule);
    assert.equal(agreement.is, 'agreed', JSON.stringify(agreement));
  });
}

const refused: readonly (readonly [source: string, says: RegExp])[] = [
  ["(order) => { let n = 0; switch (order.status) { case 'open': n = 1; case 'paid': return 2; } return n; }", /would go on with the next/],
  [
    "(order) => { switch (order.status) { case 'open': for (const r of [1]) { break; } return 1; default: return 2; } }",
    /A loop is left by/,
  ],
  ['(order) => { let n = 0; const more = order.lines.some((line) => { n += 1; return true; }); return n; }', /does not change/],
  ['(order) => { let n = 0; for (const line of order.lines) n += n * line.quantity; return n; }', /does not depend on what it adds to/],
  [
    '(order) => { let n = 0; for (const line of order.lines) { if (n > 3) n += line.quantity; } return n; }',
    /does not depend on what it adds to/,
  ],
  ['(order) => { let n = 0; for (const line of order.lines) { if (line.quantity > n) n = line.quantity; } return n; }', /adds up/],
  ['(order) => { let n = 0; for (const n of order.lines) n += 1; return n; }', /is taken here/],
  ['(order) => { let n = 0; for (const v of [1, 2]) { n += v; break; } return n; }', /A loop is left by/],
  ['(order) => { let n = 0; for (const v of [1, 2]) { if (order.gift) { if (v > 1) break; n += 1; } } return n; }', /A loop is left by/],
  ['(order) => { let n = 0; a: for (const v of [1, 2]) { if (order.gift) break a; n += 1; } return n; }', /is made of/],
  ['(order) => { let n = 1; for (let i = 0; i < 3; i++) n += i; return n; }', /Of loops formulas know/],
  ['(order) => { const n = 1; n += 1; return n; }', /does not stand behind `let`/],
  ['(order) => { let n; n = 1; return n; }', /Say what it is at first/],
  ['(order) => ({ __proto__: 1, open: 2 })[order.status] ?? 0', /called `__proto__`/],
  ["(order) => ({ '__proto__': 1, a: 2 })[order.note ?? ''] ?? 0", /called `__proto__`/],
  ['(order) => { const { v } = [{ v: 1 }].find((r) => order.gift); return v; }', /may be no such row/],
  ['(order) => { const t = { open: { v: 1 } }; return t?.[order.status].v ?? 0; }', /may be no such row/],
  ['(order) => { const t = { open: [{ v: 1 }] }; return t[order.status].find((r) => r.v > 0)?.v ?? 0; }', /may be no such table/],
  ['(order) => [1, 2, 3][order.weight] ?? 0', /a whole number from 0/],
  ['(order) => [1, 2, 3][order.lines.length] + 1', /may be absent/],
  ['(order) => Math.max(...order.lines.map((line) => line.quantity))', /what counts where there is none/],
  ['(order) => order.lines.reduce((a, line) => a + a * line.quantity, 0)', /sum\(list/],
  ['(order) => order.lines.reduce((a, line) => (line.quantity > a ? line.quantity : a), 0)', /sum\(list/],
  ['(order) => { const Math = [{ v: 1 }]; return 1; }', /is taken here/],
  ['(order) => { const undefined = 1; return undefined; }', /is taken here/],
  [`(order) => { let n = 1; if (order.gift) { ${'n = n + n; '.repeat(40)} } return n; }`, /too large/],
  [`(order) => { let n = 1; ${'if (order.gift) { if (order.weight > 1) return n; } '.repeat(40)} return n; }`, /too large|deep/],
];
for (const [source, says] of refused) {
  test(`it is refused: ${source.length > 200 ? `${source.slice(0, 100)}...` : source}`, () => {
    const agreement = agree({ source, gives: 'number' });
    assert.match(agreement.is === 'refused' ? agreement.why : JSON.stringify(agreement), says);
  });
}
