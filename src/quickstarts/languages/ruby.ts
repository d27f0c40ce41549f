/** Ruby with the oauth gem. It signs with SHA-1 only. */
import { singleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const ruby: Template = {
  title: 'Ruby: oauth',
  file: 'quickstart.rb',
  install: 'gem install oauth',
  run: 'ruby quickstart.rb',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `require 'oauth'
${credential === 'public-key' ? "require 'oauth/signature/rsa/sha1'\n" : ''}
url = ${quoted(publicUrl)}
consumer = OAuth::Consumer.new(
  ${quoted(consumerKey)},
  ${
    credential === 'shared-secret'
      ? `ENV.fetch('${SECRET_VARIABLE}'),
  signature_method: 'HMAC-SHA1',`
      : `OpenSSL::PKey::RSA.new(File.read('${PRIVATE_KEY_FILE}')),
  signature_method: 'RSA-SHA1',`
  }
  request_token_url: "#{url}/oauth/request-token",
  authorize_url: "#{url}/oauth/authorize",
  access_token_url: "#{url}/oauth/access-token"
)

request_token = consumer.get_request_token(oauth_callback: 'oob')
puts "Open #{request_token.authorize_url}"
print 'Code: '
$stdout.flush
access_token = request_token.get_access_token(oauth_verifier: $stdin.gets.strip)
puts access_token.get("#{url}/oauth/whoami").body
`,
};
