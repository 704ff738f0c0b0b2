using System;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using NanoComm.Echonet;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>One JSON object a line for each thing that happens: for another program.</summary>
    internal sealed class JsonView : IView
    {
        private const int Period = 100;

        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        private readonly Status _status;
        private (PairingState, PairingDetail, uint, LightPattern, MeteringState, string, int)? _told;

        public JsonView(Status status)
        {
            _status = status;
        }

        public void Run(ManualResetEventSlim end)
        {
            Write(new
            {
                At = DateTime.Now,
                Event = "start",
                _status.Addresses,
                _status.Options.Speed,
                WiSun = new { _status.WiSun.Module, _status.WiSun.Dongle, Credentials = _status.WiSun.Credentials.Text },
                Wifi = _status.Wifi?.Where,
                _status.Page,
            });
            bool ended = false;
            while (!ended)
            {
                ended = end.Wait(Period);
                Show();
            }

            Write(new
            {
                At = DateTime.Now,
                Event = "end",
                _status.Readings,
                _status.LiveReadings,
                _status.Requests,
                _status.Answers,
                _status.Notifications,
                _status.Drops,
                _status.Lost,
                _status.SendFailures,
                _status.SelectorsRefused,
                _status.Terminals,
                _status.ProvenTerminals,
                _status.Greeted,
                _status.LoopFailures,
                _status.ReadFailures,
                LinkBytes = _status.Link.BytesSent + _status.Link.BytesReceived,
                LinkRetransmissions = _status.Link.Retransmissions,
                LinkTimeouts = _status.Link.Timeouts,
                LinkWriteFailures = _status.Link.WriteFailures,
                LinkFrameRejects = _status.Link.FrameRejects,
                LinkUnexpected = _status.Link.Unexpected,
                _status.LinkNoiseBytes,
                _status.LinkDrops,
                _status.Differences,
                WiSun = _status.WiSun.ToData(),
                Wifi = _status.Wifi?.ToData(),
                PowerBudget = _status.PowerBudget.ToData(),
            });
        }

        private static void Write(object line)
        {
            Console.WriteLine(JsonSerializer.Serialize(line, Format));
        }

        private static long? Energy(uint register)
        {
            return register == MeterReading.NoEnergy ? null : register;
        }

        private static int? Watts(int power)
        {
            return power == MeterReading.NoPower ? null : power;
        }

        private static double? Amperes(int tenths)
        {
            return tenths == MeterReading.NoCurrent ? null : tenths / 10.0;
        }

        private static object ToEvent(Exchange exchange)
        {
            byte[] frame = exchange.IsNotification ? exchange.Response : exchange.Request;
            bool whole = EchonetFrame.Check(frame, frame.Length) == DropReason.None;
            bool answered = !exchange.IsNotification && exchange.Response.Length > 0;
            return new
            {
                exchange.At,
                Event = exchange.IsNotification ? "notification" : "request",
                exchange.Path,
                From = exchange.IsNotification ? null : exchange.Peer,
                To = exchange.IsNotification ? exchange.Peer : null,
                Esv = whole ? Names.OfService(frame[EchonetFrame.EsvOffset]) : null,
                Epcs = whole ? Names.OfProperties(frame).ToArray() : null,
                Dropped = exchange.Drop == DropReason.None ? null : exchange.Drop.ToString(),
                Answer = answered ? Names.OfService(exchange.Response[EchonetFrame.EsvOffset]) : null,
                Frame = Convert.ToHexString(frame),
                AnswerFrame = answered ? Convert.ToHexString(exchange.Response) : null,
            };
        }

        private void Show()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                Write(new { line.At, Event = "log", Level = line.Level.ToString(), line.Source, line.Text });
            }

            TellState();
            if (_status.WiSun.HasChanged())
            {
                Write(new { At = DateTime.Now, Event = "wiSun", WiSun = _status.WiSun.ToData() });
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                Write(new { At = DateTime.Now, Event = "wifi", Wifi = wifi.ToData() });
            }

            if (_status.PowerBudget.HasChanged())
            {
                Write(new { At = DateTime.Now, Event = "power", PowerBudget = _status.PowerBudget.ToData() });
            }

            MeterReading reading = _status.Reading;
            if (_status.Refresh(out bool isLive))
            {
                Write(new
                {
                    At = DateTime.Now,
                    Event = "reading",
                    MeterClock = Status.ToDateTime(reading.Time),
                    Normal = Energy(reading.Normal),
                    Reverse = Energy(reading.Reverse),
                    Power = Watts(reading.Power),
                    CurrentR = Amperes(reading.CurrentR),
                    CurrentT = Amperes(reading.CurrentT),
                    Minute = Status.ToDateTime(reading.MinuteTime),
                    MinuteNormal = Energy(reading.MinuteNormal),
                    MinuteReverse = Energy(reading.MinuteReverse),
                });
            }

            if (isLive)
            {
                Write(new
                {
                    At = DateTime.Now,
                    Event = "live",
                    Normal = Energy(reading.Normal),
                    Reverse = Energy(reading.Reverse),
                    Power = Watts(reading.Power),
                    CurrentR = Amperes(reading.CurrentR),
                    CurrentT = Amperes(reading.CurrentT),
                });
            }

            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    Write(new { At = DateTime.Now, Event = "skipped", Count = skipped });
                    skipped = 0;
                }

                Write(ToEvent(exchange));
            }
        }

        private void TellState()
        {
            var state = (_status.Pairing, _status.PairingDetail, _status.PairingEpoch, _status.Light, _status.Metering,
                _status.Gaps, _status.HangRestarts);
            if (state != _told)
            {
                _told = state;
                Write(new
                {
                    At = DateTime.Now,
                    Event = "state",
                    Pairing = _status.Pairing.ToString(),
                    Detail = _status.PairingDetail.ToString(),
                    Epoch = _status.PairingEpoch,
                    Light = _status.Light.ToString(),
                    Metering = _status.Metering.ToString(),
                    Gaps = _status.Gaps.Length == 0 ? null : _status.Gaps,
                    _status.HungLoop,
                    _status.HangRestarts,
                });
            }
        }
    }
}
