/**
 * Tries: to write files by each way that Node knows, into a folder that anybody may write.
 * Must: nothing is written.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    writeFileSync: `() => use('fs').writeFileSync(target.folder + '/a', 'x')`,
    append: `() => use('fs').appendFileSync(target.secretFile, 'x')`,
    promises: `() => use('fs').promises.writeFile(target.folder + '/b', 'x')`,
    mkdir: `() => use('fs').mkdirSync(target.folder + '/c')`,
    temporary: `() => use('fs').mkdtempSync(target.folder + '/d')`,
    symlink: `() => use('fs').symlinkSync('/etc/passwd', target.folder + '/e')`,
    copy: `() => use('fs').cpSync(target.secretFile, target.folder + '/f')`,
    rename: `() => use('fs').renameSync(target.secretFile, target.folder + '/g')`,
    remove: `() => use('fs').rmSync(target.folder + '/secret')`,
    truncate: `() => use('fs').truncateSync(target.secretFile)`,
    stream: `() => new Promise((done, fail) => use('fs').createWriteStream(target.folder + '/h').on('error', fail).on('finish', done).end('x'))`,
  },
};
