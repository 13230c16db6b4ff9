/**
 * Tries: to use descriptors that the machine left open: its listener, its database, its files.
 * Must: there is none but the channel; what was needed to start is closed or unreadable.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    sockets: `() => { const found = []; for (let at = 3; at < 64; at += 1) { try { const bytes = Buffer.alloc(8); if (use('fs').readSync(at, bytes, 0, 8, 0) > 0) found.push(at); } catch {} try { use('fs').writeSync(at, 'x'); found.push('w' + at); } catch {} } const own = process.permission === undefined ? found : found.filter((each) => String(each).startsWith('w') && false || typeof each === 'number'); if (own.length === 0) throw new Error('none'); return own.join(); }`,
    duplicate: `() => { const socket = new (use('net').Socket)({ fd: 5 }); socket.write('x'); return 'a socket'; }`,
    proc: `() => use('fs').readdirSync('/proc/self/fd').join()`,
  },
  control: null,
};
