import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSchemas } from './other-schemas.ts';

const moved = (text: string): string => inSchemas(text, { e: 'm1e', v: 'm1v' });

test('tables and views are moved, and nothing else is', () => {
  assert.equal(moved('select o."a" from v."e_x_1" o join e."e_y" p on true'), 'select o."a" from m1v."e_x_1" o join m1e."e_y" p on true');
  assert.equal(moved('create index "e_y_f" on e."e_y" ("f")'), 'create index "e_y_f" on m1e."e_y" ("f")');
});
test('what stands in a text or in a quoted name stays as it is', () => {
  assert.equal(
    moved(`select 'e."x" it''s v."y"' as "e.""x", o."it's e", e."e_z" from v."q'q" o`),
    `select 'e."x" it''s v."y"' as "e.""x", o."it's e", m."e_z" from v."q'q" o`
      .replace('m."e_z"', 'm1e."e_z"')
      .replace('from v.', 'from m1v.'),
  );
  assert.equal(moved('select some."x", e2."y"'), 'select some."x", e2."y"');
});
