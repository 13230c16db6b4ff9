/**
 * Tries: to send by UDP, and to tell by asking for names.
 * Must: nothing leaves.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    datagram: `() => new Promise((done, fail) => { const socket = use('dgram').createSocket('udp4').on('error', fail); socket.send('x', target.port, '127.0.0.1', (error) => (error ? fail(error) : done(1))); })`,
    lookup: `() => new Promise((done, fail) => use('dns').lookup('localhost', (error, address) => (error ? fail(error) : done(address))))`,
    resolve: `() => use('dns').promises.resolve4('example.org')`,
    reverse: `() => use('dns').promises.reverse('127.0.0.1')`,
  },
};
