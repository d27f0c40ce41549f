# Signs many requests with the oauth gem: a JSON list of jobs comes in, the list of their Authorization headers goes out.
require 'json'
require 'oauth'
require 'oauth/client/helper'

def sign(job)
  consumer = OAuth::Consumer.new(job['consumerKey'], job['consumerSecret'])
  uri = URI(job['url'])
  request = Net::HTTPGenericRequest.new(job['method'], job['method'] == 'POST', true, uri.request_uri)
  request.set_form_data(URI.decode_www_form(job['form']).to_h) if job['form']
  options = { consumer: consumer, request_uri: job['url'], signature_method: job['signatureMethod'] }
  options[:token] = OAuth::Token.new(job['token'], job['tokenSecret']) unless job['token'].empty?
  options[:timestamp] = job['timestamp'] if job['timestamp']
  OAuth::Client::Helper.new(request, options).header
end

puts JSON.generate(JSON.parse($stdin.read).map { |job| sign(job) })
