using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.CommandLine;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>One run of <c>mqtt</c>: reads the meter, and shows it at the broker.</summary>
    internal sealed class MqttSession : IDisposable
    {
        private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(15);

        private readonly MqttSettings _settings;
        private readonly HemsPump _pump;
        private readonly HemsReadings _readings;
        private readonly IHemsView _view;
        private readonly Lock _telling = new();
        private readonly EndSignals _signals = new();
        private readonly List<MeterSensor> _sensors = [];
        private readonly Dictionary<string, byte[]> _configs = new();
        private MqttTopics _topics;
        private MqttBridge _bridge;
        private Task _work = Task.CompletedTask;
        private byte[] _state;
        private string _number;
        private string _trouble;
        private bool _isAvailable;

        public MqttSession(MqttSettings settings)
        {
            _settings = settings;
            _pump = new HemsPump(settings.Meter);
            _view = settings.Json ? new HemsJsonView() : new HemsLineView();
            _readings = new HemsReadings(_pump.Link);
            _readings.Read += Take;
            _pump.Link.Trouble += Take;
        }

        /// <summary>Runs it until the end.</summary>
        /// <exception cref="UserError">The broker did not let us in.</exception>
        public void Run()
        {
            _signals.EndAfter(_settings.For);
            _signals.EndUnread();
            _readings.Start();
            _pump.Run(() => _work.IsFaulted, _signals.Token);
            try
            {
                if (!_work.Wait(GoodbyePatience))
                {
                    Tell("broker", "no goodbye could be said to it", null);
                }
            }
            catch (AggregateException error) when (error.InnerException is UserError refusal)
            {
                throw new UserError(refusal.Message);
            }
        }

        /// <summary>Ends it soon.</summary>
        public void End() => _signals.End();

        public void Dispose()
        {
            _signals.Dispose();
            _pump.Dispose();
        }

        private void Take(HemsReading reading)
        {
            if (_number == null)
            {
                HemsNameplate.Ask(_pump.Link, _readings.Meter, number =>
                {
                    if (number != null)
                    {
                        _number = number;
                        Begin();
                        Show(reading);
                    }
                });
                return;
            }

            Show(reading);
        }

        private void Begin()
        {
            _topics = new MqttTopics(_settings, _number);
            _bridge = new MqttBridge(_settings, _topics, (text, isConnected) => Tell("broker", text, new JsonObject { ["connected"] = isConnected }));
            Tell("meter", $"{_number}, {_readings.Meter.Eoj:X6}", new JsonObject
            {
                ["number"] = _number,
                ["eoj"] = _readings.Meter.Eoj.ToString("X6"),
            });
        }

        private void Show(HemsReading reading)
        {
            // What the meter does not have is not told; a sensor that once had a value stays.
            foreach (MeterSensor sensor in MeterSensor.All.Where(sensor => sensor.Value(reading) != null && !_sensors.Contains(sensor)))
            {
                _sensors.Add(sensor);
                if (_settings.Discovery.Length > 0)
                {
                    _configs.Add(_topics.Config(sensor), MqttPayloads.Config(sensor, _readings.Meter, _number, _settings.Name, _topics));
                }
            }

            _state = MqttPayloads.State(reading, _sensors, DateTimeOffset.UtcNow);

            if (!_isAvailable && _trouble != null)
            {
                Tell("meter", "answers again", new JsonObject { ["available"] = true });
            }

            (_isAvailable, _trouble) = (true, null);
            Show();
        }

        private void Take(string trouble)
        {
            if (trouble != _trouble)
            {
                Tell("trouble", trouble, new JsonObject { ["reason"] = trouble });
            }

            (_isAvailable, _trouble) = (false, trouble);
            if (_bridge != null)
            {
                Show();
            }
        }

        private void Show()
        {
            _bridge.Show(new MqttPicture(new Dictionary<string, byte[]>(_configs), _state, _isAvailable));
            if (_work == Task.CompletedTask)
            {
                _work = Task.Run(WorkAsync);
            }
        }

        private async Task WorkAsync()
        {
            try
            {
                await _bridge.RunAsync(_signals.Token);
            }
            finally
            {
                // Without it there is nothing to read for.
                _signals.End();
            }
        }

        // Two threads tell: the controller's and the broker's.
        private void Tell(string kind, string text, JsonObject data)
        {
            lock (_telling)
            {
                _view.Tell(kind, text, data);
            }
        }
    }
}
