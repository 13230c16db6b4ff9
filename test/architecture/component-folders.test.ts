import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folders } from '#model';
import { componentFolders } from '../../src/doors/cli/system-files.ts';

test('the command line reads the folder of every kind of component', () => {
  assert.deepEqual(componentFolders, Object.values(folders));
});
