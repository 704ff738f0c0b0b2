using System;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Keeps a broker up to date: connects again when it was gone, and then publishes what is true at that moment.</summary>
    internal sealed class MqttBridge
    {
        /// <summary>The usual <see cref="Pause"/>.</summary>
        internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

        private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

        private readonly MqttSettings _settings;
        private readonly MqttTopics _topics;
        private readonly Action<string, bool> _told;
        private readonly SemaphoreSlim _changed = new(0);
        private volatile MqttPicture _picture;
        private bool _wasConnected;
        private bool _wasServed;

        /// <summary>Makes it.</summary>
        /// <param name="settings">The broker.</param>
        /// <param name="topics">Where to publish.</param>
        /// <param name="told">Takes what becomes of the connection, in words and as whether it stands; on any thread.</param>
        public MqttBridge(MqttSettings settings, MqttTopics topics, Action<string, bool> told)
        {
            (_settings, _topics, _told) = (settings, topics, told);
        }

        /// <summary>From a connection that was lost to the next attempt; each that does not help is followed by a longer one.</summary>
        public TimeSpan Pause { get; init; } = FirstPause;

        /// <summary>Shows something else from now on.</summary>
        public void Show(MqttPicture picture)
        {
            _picture = picture;
            Wake();
        }

        /// <summary>Works until the end.</summary>
        /// <exception cref="UserError">The broker did not let us in at first.</exception>
        public async Task RunAsync(CancellationToken end)
        {
            TimeSpan pause = Pause;
            string before = null;
            while (!end.IsCancellationRequested)
            {
                string trouble = await ConnectAndServeAsync(end);
                if (end.IsCancellationRequested)
                {
                    return;
                }

                // The same again and again is told once.
                pause = _wasServed ? Pause : pause;
                if (trouble != before || _wasServed)
                {
                    _told($"{trouble}; connecting again", false);
                }

                before = trouble;
                await WaitAsync(pause, end);
                pause = Longer(pause);
            }
        }

        /// <summary>The pause after one that did not help: a broker that was gone for an hour is found a minute after it is back at the
        /// latest.</summary>
        internal static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

        private async Task<string> ConnectAndServeAsync(CancellationToken end)
        {
            _wasServed = false;
            using var client = new BrokerClient(_settings, _topics);
            client.Lost += Wake;
            try
            {
                await client.ConnectAsync(end);
                await client.PublishAsync(_picture, end);
                (_wasConnected, _wasServed) = (true, true);
                _told($"{_settings.Broker}, as {_topics.State}", true);
                await ServeAsync(client, end);
                return $"{_settings.Broker} is gone";
            }
            catch (BrokerRefusal refusal) when (!_wasConnected)
            {
                throw new UserError(refusal.Message);
            }
            catch (Exception error) when (error is BrokerRefusal || BrokerClient.IsPassing(error))
            {
                return _wasServed ? $"{_settings.Broker} is gone" : $"{_settings.Broker}: {(error.InnerException ?? error).Message}";
            }
        }

        // What is looked at is the last picture: while the broker is away, one look that waits is enough.
        private void Wake()
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }

        private async Task ServeAsync(BrokerClient client, CancellationToken end)
        {
            while (client.IsConnected)
            {
                if (!await WaitForChangeAsync(end))
                {
                    await client.LeaveAsync();
                    return;
                }

                if (client.IsConnected)
                {
                    await client.PublishAsync(_picture, end);
                }
            }
        }

        private async Task<bool> WaitForChangeAsync(CancellationToken end)
        {
            try
            {
                await _changed.WaitAsync(end);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        // Not all bridges of a town come back at the same moment.
        private static async Task WaitAsync(TimeSpan pause, CancellationToken end)
        {
            try
            {
                await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), end);
            }
            catch (OperationCanceledException)
            {
                // The end has come.
            }
        }
    }
}
