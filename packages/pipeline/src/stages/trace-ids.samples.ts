/** Trace and span ids as clients send them, with the form that is stored. */
export const TRACE_ID_SAMPLES: readonly (readonly [sent: string, stored: string])[] = [
  ['0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['0AF7651916CD43DD8448EB211C80319C', '0af7651916cd43dd8448eb211c80319c'],
  ['0af76519-16cd-43dd-8448-eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['0AF76519-16CD-43DD-8448-EB211C80319C', '0af7651916cd43dd8448eb211c80319c'],
  ['0xB7AD6B7169203331', 'b7ad6b7169203331'],
  [' b7ad6b7169203331\n', 'b7ad6b7169203331'],
  // Datadog's decimal ids are digits and stay.
  ['7245392041138927143', '7245392041138927143'],
  // No trace: https://www.w3.org/TR/trace-context/#trace-id calls the all-zero id invalid.
  ['00000000000000000000000000000000', ''],
  ['0000000000000000', ''],
  ['00000000-0000-0000-0000-000000000000', ''],
  ['', ''],
  // Not hex: as it was sent.
  ['Root=1-67891233-abcdef012345678912345678', 'Root=1-67891233-abcdef012345678912345678'],
  ['abc-def', 'abc-def'],
  ['Request 17', 'Request 17'],
  ['Ünïcode', 'Ünïcode'],
];
