import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineDifference } from '#api/client';
import { differenceParts } from './difference-parts.ts';
import { differenceRows } from './difference-rows.ts';

const lines = (text: string): readonly LineDifference[] =>
  text.split('\n').map((line, index) => ({
    kind: line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same',
    text: line.slice(1),
    before: index,
    after: index,
  }));
const shown = (text: string): readonly string[] =>
  differenceRows(lines(text)).map((row) =>
    row.kind === 'fold' ? `${row.lines.length} folded` : `${row.left?.text ?? ''}|${row.right?.text ?? ''}`,
  );

test('a line that was changed stands beside what it became, unlike lines alone', () => {
  assert.deepEqual(
    shown('-total: money(x)\n-unlike\n+quite different here\n+total: money(y)').toSorted(),
    ['unlike|', '|quite different here', 'total: money(x)|total: money(y)'].toSorted(),
  );
});

test('long stretches without a change are folded, three lines around each change are not', () => {
  const same = ' a\n'.repeat(10).trimEnd();
  assert.deepEqual(shown(`${same}\n+b\n${same}`), ['7 folded', 'a|a', 'a|a', 'a|a', '|b', 'a|a', 'a|a', 'a|a', '7 folded']);
});

test('no line is lost, whatever runs of changes there are', () => {
  const text = '-a\n-b\n b\n+c\n-d\n+e\n+f\n g';
  const rows = differenceRows(lines(text)).flatMap((row): readonly (LineDifference | null)[] =>
    row.kind === 'fold' ? row.lines : [row.left, row.right],
  );
  for (const line of lines(text))
    assert.ok(
      rows.some((row) => row?.text === line.text && row.before === line.before),
      line.text,
    );
});

test('within a line the words that differ are marked, and put together they are the line', () => {
  const { left, right } = differenceParts('import { date, text } from x', 'import { addDays, date, type Row, text } from x');
  assert.deepEqual(
    right.filter(({ changed }) => changed).map(({ text }) => text.trim()),
    ['addDays,', 'type Row,'],
  );
  assert.ok(left.every(({ changed }) => !changed));
  assert.equal(right.map(({ text }) => text).join(''), 'import { addDays, date, type Row, text } from x');
});
