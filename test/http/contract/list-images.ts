import { describe, expect, it } from 'vitest';
import { expectFailure, failure, wholeSeconds } from '../expectations.js';
import { type Start, alpineId, emailOf } from '../harness.js';
import { outage, unclassified } from '../outages.js';

/** Listing images, and the form of an image (section 3.9 of the HTTP contract). */
export function listImagesContract(start: Start): void {
  describe('GET /images', () => {
    it('answers an empty list, not null', async () => {
      const api = await start({ images: [] });

      expect((await api.call('operator', 'GET', '/images')).text).toBe('{"images":[]}\n');
    });

    it('answers exactly the keys of the contract', async () => {
      const api = await start();

      const { images } = (await api.json('operator', 'GET', '/images')) as { images: object[] };

      expect(images).toHaveLength(1);
      expect(images[0]).toMatchObject({
        image_id: alpineId,
        image: 'alpine:3.18',
        is_default: true,
        image_name: 'alpine',
        image_tag: '3.18',
        cpu: 256,
        memory: 512,
        runtime_platform: 'Linux/ARM64',
        created_by: emailOf('admin'),
        owned_by: [emailOf('admin')],
        created_at: wholeSeconds,
        created_by_request_id: '',
        modified_by_request_id: '',
      });
      const optional = [
        'task_definition_name',
        'image_registry',
        'task_role_name',
        'task_execution_role_name',
      ];
      expect(
        Object.keys(images[0] ?? {})
          .filter((key) => !optional.includes(key))
          .sort(),
      ).toEqual([
        'cpu',
        'created_at',
        'created_by',
        'created_by_request_id',
        'image',
        'image_id',
        'image_name',
        'image_tag',
        'is_default',
        'memory',
        'modified_by_request_id',
        'owned_by',
        'runtime_platform',
      ]);
    });

    it('omits what is empty, zero or unknown', async () => {
      const api = await start();
      api.replace('imageRegistry', 'listImages', () => async () => [
        {
          imageId: 'i',
          image: 'x',
          cpu: 0,
          memory: 0,
          imageRegistry: '',
          createdBy: '',
          ownedBy: [],
          createdAt: new Date('2026-03-04T05:06:07.999Z'),
          createdByRequestId: '',
          modifiedByRequestId: '',
        },
      ]);

      expect(await api.json('operator', 'GET', '/images')).toStrictEqual({
        images: [
          {
            image_id: 'i',
            image: 'x',
            owned_by: [],
            created_at: '2026-03-04T05:06:07Z',
            created_by_request_id: '',
            modified_by_request_id: '',
          },
        ],
      });
    });

    it('sorts by reference and then by ID', async () => {
      const api = await start({
        images: [
          { image: 'b:1', registeredBy: 'x' },
          { image: 'a:1', registeredBy: 'x', resources: { cpu: 512 } },
          { image: 'a:1', registeredBy: 'x' },
        ],
      });

      const { images } = (await api.json('admin', 'GET', '/images')) as {
        images: { image: string; image_id: string }[];
      };

      const keys = images.map(({ image, image_id }) => `${image}\n${image_id}`);
      expect(keys).toEqual([...keys].sort());
      expect(images).toHaveLength(3);
    });

    it.each([
      ['503', outage, failure(503, 'DATABASE_ERROR', 'failed to list images', 'the store did not answer')],
      ['500', unclassified, failure(500, 'INTERNAL_ERROR', 'failed to list images', /^(?!.*planted)/)],
    ])('says %s when images cannot be listed', async (_, thrown, expected) => {
      const api = await start();
      api.fail('imageRegistry', 'listImages', thrown);

      expectFailure(await api.call('operator', 'GET', '/images'), expected);
    });
  });
}
