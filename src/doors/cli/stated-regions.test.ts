/** Regions as they stand in the trailers of a commit that is pushed, and on a command line. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pushedIn } from './pushed.ts';
import { statedRegions } from './stated-regions.ts';

test('a push states regions in the trailers of its last commit alone: not in its text, and not in commits before it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-push-'));
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...words], {
      encoding: 'utf8',
    }).trim();
  const commit = (message: string): string => {
    writeFileSync(join(folder, 'rule.ts'), message);
    git('add', '.');
    git('commit', '-q', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  try {
    git('init', '-q', '-b', 'main');
    const base = commit(`first\n\nGeneration: sha256:${'a'.repeat(64)}`);
    git('checkout', '-q', '-b', 'mine');
    commit('before\n\nRegion: rule/discount: true');
    const tip = commit(
      "Less for gold\n\nRegion: rule/other: order.total > money('1.00')\n\nand so on\n\nReaches: reaction/closePaid\nRegion: rule/discount: order.total > money('500.00')\n  || order.total < money('5.00')\nregion: entity/order#field/total: order.total > money('9.00')",
    );
    const pushed = pushedIn(folder, `${'0'.repeat(40)} ${tip} refs/proposals/mine`);
    assert.equal(pushed?.base, `sha256:${'a'.repeat(64)}`);
    assert.notEqual(base, tip);
    assert.deepEqual(statedRegions(pushed.regions), {
      'rule/discount': "order.total > money('500.00') || order.total < money('5.00')",
      'entity/order#field/total': "order.total > money('9.00')",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('refused: what is no region, what is of a name that every object has, and two of one formula', () => {
  for (const line of ['rule/discount', 'rule/discount:', '__proto__: true', 'constructor: true', 'entity/order#field/__proto__: true'])
    assert.throws(() => statedRegions([line]), /A region is a formula/, line);
  assert.throws(() => statedRegions(['rule/a: order.total > 1', 'rule/b: true', 'rule/a: true']), /Two regions are stated of rule\/a/);
  assert.equal(statedRegions([]), undefined);
});
