/**
 * Tries: to read files by each way that Node knows.
 * Must: no file is opened.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    readFileSync: `() => use('fs').readFileSync(target.secretFile, 'utf8')`,
    promises: `() => use('fs').promises.readFile(target.secretFile, 'utf8')`,
    openSync: `() => use('fs').openSync(target.secretFile)`,
    stream: `() => new Promise((done, fail) => use('fs').createReadStream(target.secretFile).on('data', done).on('error', fail))`,
    blob: `async () => (await use('fs').openAsBlob(target.secretFile)).text()`,
    stat: `() => use('fs').statSync(target.secretFile).size`,
    list: `() => use('fs').readdirSync('/').join()`,
    glob: `() => { const found = [...use('fs').globSync('/etc/*')]; if (found.length === 0) throw new Error('none'); return found.length; }`,
    link: `() => use('fs').readlinkSync('/proc/self/exe')`,
    passwd: `() => use('fs').readFileSync('/etc/passwd').length`,
  },
};
