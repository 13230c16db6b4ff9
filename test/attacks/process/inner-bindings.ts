/**
 * Tries: to go below the modules that check permissions: the bindings of Node themselves.
 * Must: they are closed or check as well.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    tcp: `() => { const { TCP, TCPConnectWrap } = process.binding('tcp_wrap'); const socket = new TCP(0); const status = socket.connect(new TCPConnectWrap(), '127.0.0.1', target.port); if (status !== 0) throw new Error(status); return 'connected'; }`,
    pipe: `() => { const { Pipe, PipeConnectWrap } = process.binding('pipe_wrap'); const status = new Pipe(0).connect(new PipeConnectWrap(), target.socket); if (status) throw new Error(status); return 'connected'; }`,
    spawn: `() => { const { Process } = process.binding('process_wrap'); const status = new Process().spawn({ file: '/usr/bin/touch', args: ['touch', target.folder + '/bound'], stdio: [] }); if (status !== 0) throw new Error(status); return 'spawned'; }`,
    files: `() => process.binding('fs').open(target.secretFile, 0, 0)`,
    write: `() => process.binding('fs').writeFileUtf8(target.folder + '/bound', 'x', 577, 438)`,
  },
  control: null,
};
