using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace NanoComm.Tool
{
    /// <summary>One connection to an MQTT broker: made, kept up to date, lost.</summary>
    internal sealed class BrokerClient : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

        private readonly MqttSettings _settings;
        private readonly MqttTopics _topics;
        private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
        private readonly Dictionary<string, byte[]> _published = new();

        /// <summary>Makes it; nothing is connected before <see cref="ConnectAsync"/>.</summary>
        /// <param name="settings">The broker, and who we are there.</param>
        /// <param name="topics">Where to publish; of the availability the broker says that it is gone when we are.</param>
        public BrokerClient(MqttSettings settings, MqttTopics topics)
        {
            (_settings, _topics) = (settings, topics);
            _client.DisconnectedAsync += _ =>
            {
                Lost?.Invoke();
                return Task.CompletedTask;
            };
        }

        /// <summary>The connection is over; on any thread.</summary>
        public event Action Lost;

        /// <summary>Whether it stands.</summary>
        public bool IsConnected => _client.IsConnected;

        /// <summary>Whether an exception tells of a broker that is not there, or went: it may come back.</summary>
        public static bool IsPassing(Exception error)
        {
            return error is MqttCommunicationException or SocketException or IOException or TimeoutException or OperationCanceledException
                or InvalidOperationException or MqttProtocolViolationException;
        }

        /// <summary>Connects.</summary>
        /// <exception cref="BrokerRefusal">It does not let us in, or is not whom we trust.</exception>
        /// <exception cref="MqttCommunicationException">It is not there.</exception>
        public async Task ConnectAsync(CancellationToken end)
        {
            try
            {
                MqttClientConnectResult result = await _client.ConnectAsync(Options(), end);
                if (result.ResultCode != MqttClientConnectResultCode.Success)
                {
                    throw new BrokerRefusal(result.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword
                        or MqttClientConnectResultCode.NotAuthorized
                        ? $"{_settings.Broker} does not let us in: look at --broker-user and the password"
                        : $"{_settings.Broker} refuses the connection: {result.ResultCode} {result.ReasonString}".TrimEnd());
                }
            }
            catch (MqttCommunicationException error) when (error.InnerException is AuthenticationException inner)
            {
                throw new BrokerRefusal($"{_settings.Broker} is not whom it has to be: {inner.Message}: look at the name in --broker, at its "
                    + "certificate, and at --broker-ca");
            }
        }

        /// <summary>Brings the broker up to date: what is there already is not published again on this connection.</summary>
        public async Task PublishAsync(MqttPicture picture, CancellationToken end)
        {
            foreach ((string topic, byte[] config) in picture.Configs)
            {
                await PublishAsync(topic, config, end);
            }

            await PublishAsync(_topics.State, picture.State, end);
            await PublishAsync(_topics.Availability, Encoding.ASCII.GetBytes(picture.Availability), end);
        }

        /// <summary>Says goodbye: nobody has to wait until the broker misses us.</summary>
        public async Task LeaveAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            await PublishAsync(_topics.Availability, Encoding.ASCII.GetBytes(MqttPicture.Offline), patience.Token);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
        }

        public void Dispose()
        {
            _client.Dispose();
        }

        private async Task PublishAsync(string topic, byte[] payload, CancellationToken end)
        {
            if (_published.TryGetValue(topic, out byte[] before) && before.AsSpan().SequenceEqual(payload))
            {
                return;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
            patience.CancelAfter(Patience);
            await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(true)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), patience.Token);
            _published[topic] = payload;
        }

        private MqttClientOptions Options()
        {
            // A part of its own, so that two programs at one meter do not throw each other out for ever.
            MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
                .WithTcpServer(_settings.Broker.Host, _settings.Broker.Port)
                .WithClientId($"nanocomm-{_topics.Id}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}")
                .WithTimeout(Patience).WithKeepAlivePeriod(KeepAlive).WithCleanStart(true)
                .WithWillTopic(_topics.Availability).WithWillPayload(MqttPicture.Offline).WithWillRetain(true)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
            if (_settings.User != null)
            {
                options = options.WithCredentials(_settings.User, _settings.Password ?? "");
            }

            if (_settings.Broker.IsTls)
            {
                options = options.WithTlsOptions(tls =>
                {
                    // A home's broker may be where no list of revoked certificates can be reached.
                    tls.UseTls().WithTargetHost(_settings.Broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
                    if (_settings.Authorities != null)
                    {
                        tls.WithCertificateValidationHandler(shown => IsTrusted(shown.Certificate, shown.SslPolicyErrors));
                    }
                });
            }

            return options.Build();
        }

        private bool IsTrusted(X509Certificate shown, SslPolicyErrors errors)
        {
            if (shown == null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                return false;
            }

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_settings.Authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            using var certificate = new X509Certificate2(shown);
            return chain.Build(certificate);
        }
    }
}
