import type { TableDefinition } from './table.js';

/** The tables of a deployment, as its template declares them. */
export const projectTables = [
  {
    name: 'runvoy-image-taskdefs',
    key: { hash: 'image_id' },
    types: { image_id: 'S', is_default_placeholder: 'S' },
    indexes: { 'is_default-index': { hash: 'is_default_placeholder', range: 'image_id' } },
  },
  {
    name: 'runvoy-executions',
    key: { hash: 'execution_id' },
    types: { execution_id: 'S', _all: 'S', started_at: 'N' },
    indexes: { 'all-started_at': { hash: '_all', range: 'started_at' } },
  },
  {
    name: 'runvoy-api-keys',
    key: { hash: 'api_key_hash' },
    types: { api_key_hash: 'S', user_email: 'S', _all: 'S' },
    indexes: {
      'user_email-index': { hash: 'user_email' },
      'all-user_email': { hash: '_all', range: 'user_email' },
    },
  },
  { name: 'runvoy-pending-api-keys', key: { hash: 'secret_token' }, types: { secret_token: 'S' } },
  { name: 'runvoy-secrets-metadata', key: { hash: 'secret_name' }, types: { secret_name: 'S' } },
  {
    name: 'runvoy-websocket-tokens',
    key: { hash: 'token' },
    types: { token: 'S', execution_id: 'S' },
    indexes: { 'execution_id-index': { hash: 'execution_id' } },
  },
] as const satisfies readonly TableDefinition[];
