// The peer: Express 5 as its own documentation shows it, answering with the JSON that the API answers with.
import { createServer } from 'node:http';
import express from 'express';
import { serveMeasured } from './measured-server.js';

const execution = {
  execution_id: '0123456789abcdef0123456789abcdef',
  created_by: 'admin@example.com',
  owned_by: ['admin@example.com'],
  command: 'echo hello',
  started_at: '2026-01-01T00:00:00Z',
  completed_at: '2026-01-01T00:00:01Z',
  status: 'SUCCEEDED',
  exit_code: 0,
  duration_seconds: 1,
  created_by_request_id: '0123456789abcdef0123456789abcdef',
  modified_by_request_id: '0123456789abcdef0123456789abcdef',
  cloud: 'LOCAL',
};

const app = express();
app.use(express.json());
app.get('/api/v1/executions/:id/status', (request, response) => {
  response.json({
    execution_id: request.params.id,
    status: execution.status,
    started_at: execution.started_at,
    exit_code: execution.exit_code,
    completed_at: execution.completed_at,
  });
});
app.get('/api/v1/executions', (_request, response) => {
  response.json(Array.from({ length: 10 }, () => execution));
});
app.post('/api/v1/run', (_request, response) => {
  response.status(202).json({
    execution_id: execution.execution_id,
    log_url: '',
    status: 'STARTING',
    image_id: 'alpine:3.18-ddecce05',
  });
});

serveMeasured(createServer(app), {
  status: `/api/v1/executions/${execution.execution_id}/status`,
  list: '/api/v1/executions',
  run: '/api/v1/run',
});
