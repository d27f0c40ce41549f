/** Mock: an OAuth 1.0a provider for other projects' tests, with known credentials and faults on order. */
export { MOCK_CREDENTIALS, type MockCredentials } from './credentials.ts';
export { FAULT_PLACES, FaultRefused } from './fault.ts';
export {
  createMockProvider,
  type MockProvider,
  type MockProviderOptions,
  type SeenRequest,
} from './mock-provider.ts';
