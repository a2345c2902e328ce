import { expect, it } from 'vitest';

import { fromItem, toImageInfo } from './image-row.js';

it('keeps apart which request made a row and which changed it last', () => {
  const row = fromItem({
    image_id: { S: 'a:1-0123abcd' },
    cpu: { S: '256' },
    memory: { S: '512' },
    created_by_request_id: { S: 'first' },
    modified_by_request_id: { S: 'last' },
  });

  expect(toImageInfo(row)).toMatchObject({ createdByRequestId: 'first', modifiedByRequestId: 'last' });
});
