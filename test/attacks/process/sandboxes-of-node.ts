/**
 * Tries: to leave by modules that open files or networks in their own way: SQLite, WASI, source maps, the compile cache, environment files.
 * Must: each of them checks.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    sqlite: `() => { new (use('sqlite').DatabaseSync)(target.folder + '/base'); return 'opened'; }`,
    attach: `() => { const base = new (use('sqlite').DatabaseSync)(':memory:'); base.exec("attach '" + target.folder + "/attached' as a; create table a.t (x)"); return 'attached'; }`,
    extension: `() => { const base = new (use('sqlite').DatabaseSync)(':memory:', { allowExtension: true }); base.loadExtension('/lib/x86_64-linux-gnu/libc.so.6'); return 'loaded'; }`,
    wasi: `() => new (use('wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } })`,
    cache: `() => { const { status, message, directory } = use('module').enableCompileCache(target.folder + '/cache'); if (directory === undefined) throw new Error(message ?? status); return directory; }`,
    environment: `() => process.loadEnvFile(target.secretFile)`,
  },
};
