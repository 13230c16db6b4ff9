/** What strangers are told, by where they knock. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Capability, type OperationContract, permanentId } from '#kernel';
import { specimenModel } from './specimen/model.ts';
import { type Proof, signInOperations, unknownToOperators, unknownToSystem } from './unknown-caller.ts';

const people = permanentId('e_people');
const operation = (name: string, path: string, more: Partial<OperationContract> = {}): OperationContract => ({
  kind: 'operation',
  id: permanentId(`o_${name.toLowerCase()}x`),
  name,
  http: { method: 'POST', path, status: 200 },
  input: [],
  output: null,
  capabilities: [{ kind: 'identity', entity: people }],
  roles: ['anyone'],
  caps: { wallMs: 1_000, capabilityCalls: 1, rows: 1, bytes: 100 },
  ...more,
});
const creates: Capability = { kind: 'data', entity: people, access: ['create'], sensitive: [] };
const signUp = operation('signUp', '/v2/people', { capabilities: [{ kind: 'identity', entity: people }, creates] });
const signIn = operation('signIn', '/v2/sessions');
const me = operation('me', '/v2/me', { roles: ['reader'], http: { method: 'GET', path: '/v2/me', status: 200 } });
const withOperations = (...operations: readonly OperationContract[]) => ({ ...specimenModel, operations });
const proofs: readonly Proof[] = ['none', 'key', 'session'];

describe('who is not known', () => {
  it('is told at a published interface which operation signs in and which header its token goes into', () => {
    const model = withOperations(me, signUp, signIn);
    assert.deepEqual(
      proofs.map((proof) => unknownToSystem(proof, model, me).why),
      [
        'Sign in with POST /v2/sessions, and send the token that it answers as "Authorization: Bearer TOKEN".',
        'This token is not known here, or it has ended. Sign in again with POST /v2/sessions, and send the token that it answers as "Authorization: Bearer TOKEN".',
        'This session has ended. Sign in again with POST /v2/sessions, and send the token that it answers as "Authorization: Bearer TOKEN".',
      ],
    );
  });

  it('is told of the operation that signs people up where none signs them in, and of none that is not open to all', () => {
    assert.deepEqual(signInOperations(withOperations(me, signUp)), [signUp]);
    assert.deepEqual(signInOperations(withOperations(me, operation('reissue', '/v2/tokens', { roles: ['reader'] }))), []);
    assert.deepEqual(signInOperations(specimenModel), []);
    const byGet = operation('logIn', '/v2/login', {
      http: { method: 'GET', path: '/v2/login', status: 200 },
      input: [
        {
          id: permanentId('f_pass'),
          no: 1,
          name: 'password',
          type: { kind: 'text', secret: true },
          required: true,
          unique: false,
          sensitive: false,
        },
      ],
    });
    assert.deepEqual(signInOperations(withOperations(signUp, byGet)), [byGet]);
  });

  it('never reads a command of the operator at the system, whoever asks for what', () => {
    for (const model of [undefined, specimenModel, withOperations(signIn)])
      for (const called of [undefined, me, specimenModel.operations[0]])
        for (const proof of proofs) {
          const { why, code } = unknownToSystem(proof, model, called);
          assert.equal(code, 'unauthenticated');
          assert.match(why, /"Authorization: Bearer (?:KEY|TOKEN)"/);
          assert.doesNotMatch(why, /theseus|npm|command/i);
        }
    assert.match(unknownToOperators('none').why, /theseus link/);
  });
});
