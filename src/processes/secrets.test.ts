import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '#kernel';
import { secretsIn, secretsOf } from './secrets.ts';

const inFolder = (work: (folder: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-secrets-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('a secret is kept in a file that its owner alone may read, and counts at once', () => {
  inFolder((folder) => {
    const secrets = secretsIn(folder, {});
    assert.deepEqual([secrets.value('ERP_KEY'), secrets.names()], [null, []]);
    assert.equal(secrets.set('ERP_KEY', 'first-value-of-it\n'), null);
    assert.equal(secrets.value('ERP_KEY'), 'first-value-of-it');
    assert.equal(secrets.set('ERP_KEY', 'second value'), null);
    assert.equal(secrets.value('ERP_KEY'), 'second value');
    assert.deepEqual(
      [statSync(join(folder, 'secrets', 'ERP_KEY')).mode & 0o777, statSync(join(folder, 'secrets')).mode & 0o777],
      [0o600, 0o700],
    );
    assert.deepEqual([secrets.names(), readdirSync(join(folder, 'secrets'))], [['ERP_KEY'], ['ERP_KEY']]);
    chmodSync(join(folder, 'secrets', 'ERP_KEY'), 0o640);
    assert.equal(secrets.value('ERP_KEY'), null, 'what others may read is no secret');
    assert.deepEqual([secrets.remove('ERP_KEY'), secrets.remove('ERP_KEY')], [true, false]);
  });
});

test('names that are none, and values that would not fit a header, are refused', () => {
  inFolder((folder) => {
    const secrets = secretsIn(folder, {});
    for (const name of ['erp', '../ERP', 'ERP/KEY', '', 'A'.repeat(41), '1A', 'A-B']) {
      const refused = secrets.set(name, 'long enough');
      assert.ok(isRefusal(refused), name);
      assert.equal(secrets.value(name), null);
    }
    for (const value of ['', 'short', 'two\nlines of it', 'a\u0000bcdefgh', 'ümläute-in-it', 'x'.repeat(4_001)])
      assert.ok(isRefusal(secrets.set('ERP', value)), value);
  });
});

test('variables come before files, and others of the environment are not looked at', () => {
  inFolder((folder) => {
    const given = secretsOf({
      THESEUS_SECRET_ERP_KEY: 'of-the-environment',
      THESEUS_SECRET_: 'nameless-one',
      PATH: '/usr/bin',
      THESEUS_SECRET_SHORT: 'x',
    });
    assert.deepEqual(given, { ERP_KEY: 'of-the-environment' });
    const secrets = secretsIn(folder, given);
    secrets.set('ERP_KEY', 'of-the-folder');
    secrets.set('OTHER', 'of-the-folder');
    assert.deepEqual(
      [secrets.value('ERP_KEY'), secrets.value('OTHER'), secrets.names()],
      ['of-the-environment', 'of-the-folder', ['ERP_KEY', 'OTHER']],
    );
    assert.equal(secrets.value('constructor'), null);
  });
});
