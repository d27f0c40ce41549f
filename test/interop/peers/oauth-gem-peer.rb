# Performs the dance with the oauth gem. Speaks the protocol that peer.ts describes: one JSON text a line.
require 'json'
require 'oauth'
require 'oauth/signature/rsa/sha1'

$stdout.sync = true

def hear
  JSON.parse($stdin.gets)
end

def say(event)
  puts JSON.generate(event)
end

def send_request(token, request)
  body = request['json'] || (request['form'] && request['form'].to_h)
  headers = request['json'] ? { 'Content-Type' => 'application/json' } : {}
  arguments = body ? [body, headers] : [headers]
  answer = begin
    token.request(request['method'].downcase.to_sym, request['url'], *arguments)
  rescue OAuth::Problem => refused
    refused.request
  end
  say(event: 'response', name: request['name'], status: answer.code.to_i, body: answer.body.dup.force_encoding('UTF-8'))
end

task = hear
is_rsa = task['method'].start_with?('RSA')
secret = is_rsa ? OpenSSL::PKey::RSA.new(File.read(task['privateKeyFile'])) : task['secret']
consumer = OAuth::Consumer.new(
  task['consumerKey'], secret,
  signature_method: task['method'],
  request_token_url: task['requestTokenUrl'],
  authorize_url: task['authorizeUrl'],
  access_token_url: task['accessTokenUrl']
)
request_token = consumer.get_request_token(oauth_callback: task['callback'])
say(event: 'authorize', url: request_token.authorize_url)

approved = URI.decode_www_form(URI.parse(hear['callbackUrl']).query).to_h
access_token = request_token.get_access_token(oauth_verifier: approved['oauth_verifier'])
task['requests'].each { |request| send_request(access_token, request) }
say(event: 'done')

hear
send_request(access_token, task['requests'].first)
