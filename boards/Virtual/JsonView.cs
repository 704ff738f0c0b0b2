using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using NanoComm.Echonet;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Supervision;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>One JSON object a line for each thing that happens: for another program.</summary>
    internal sealed class JsonView : IView
    {
        private const int Period = 100;

        private readonly Status _status;
        private (PairingState, PairingDetail, uint, LightPattern, MeteringState, string, int)? _told;

        public JsonView(Status status)
        {
            _status = status;
        }

        public void Run(ManualResetEventSlim end)
        {
            WriteStart();
            bool ended = false;
            while (!ended)
            {
                ended = end.Wait(Period);
                Show();
            }

            WriteEnd();
        }

        private static void Write<TEvent>(TEvent line, JsonTypeInfo<TEvent> form)
        {
            Console.WriteLine(JsonSerializer.Serialize(line, form));
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

        private static ExchangeEvent ToEvent(Exchange exchange)
        {
            byte[] frame = exchange.IsNotification ? exchange.Response : exchange.Request;
            bool whole = EchonetFrame.Check(frame, frame.Length) == DropReason.None;
            bool answered = !exchange.IsNotification && exchange.Response.Length > 0;
            return new ExchangeEvent(exchange.IsNotification ? "notification" : "request")
            {
                At = exchange.At,
                Path = exchange.Path,
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

        private void WriteStart()
        {
            Write(new StartEvent
            {
                Addresses = _status.Addresses,
                Speed = _status.Options.Speed,
                WiSun = new WiSunPlace(_status.WiSun.Module, _status.WiSun.Dongle, _status.WiSun.Credentials.Text),
                Wifi = _status.Wifi?.Where,
                Page = _status.Page,
            }, JsonEvents.Written.StartEvent);
        }

        private void WriteEnd()
        {
            Write(new EndEvent
            {
                Readings = _status.Readings,
                LiveReadings = _status.LiveReadings,
                Requests = _status.Requests,
                Answers = _status.Answers,
                Notifications = _status.Notifications,
                Drops = _status.Drops,
                Lost = _status.Lost,
                SendFailures = _status.SendFailures,
                SelectorsRefused = _status.SelectorsRefused,
                Terminals = _status.Terminals,
                ProvenTerminals = _status.ProvenTerminals,
                Greeted = _status.Greeted,
                LoopFailures = _status.LoopFailures,
                ReadFailures = _status.ReadFailures,
                LinkBytes = _status.Link.BytesSent + _status.Link.BytesReceived,
                LinkRetransmissions = _status.Link.Retransmissions,
                LinkTimeouts = _status.Link.Timeouts,
                LinkWriteFailures = _status.Link.WriteFailures,
                LinkFrameRejects = _status.Link.FrameRejects,
                LinkUnexpected = _status.Link.Unexpected,
                LinkNoiseBytes = _status.LinkNoiseBytes,
                LinkDrops = _status.LinkDrops,
                Differences = _status.Differences,
                WiSun = _status.WiSun.ToData(),
                Wifi = _status.Wifi?.ToData(),
                PowerBudget = _status.PowerBudget.ToData(),
            }, JsonEvents.Written.EndEvent);
        }

        private void WriteReading()
        {
            MeterReading reading = _status.Reading;
            Write(new ReadingEvent
            {
                MeterClock = Status.ToDateTime(reading.Time),
                Normal = Energy(reading.Normal),
                Reverse = Energy(reading.Reverse),
                Power = Watts(reading.Power),
                CurrentR = Amperes(reading.CurrentR),
                CurrentT = Amperes(reading.CurrentT),
                Minute = Status.ToDateTime(reading.MinuteTime),
                MinuteNormal = Energy(reading.MinuteNormal),
                MinuteReverse = Energy(reading.MinuteReverse),
            }, JsonEvents.Written.ReadingEvent);
        }

        private void WriteLive()
        {
            MeterReading reading = _status.Reading;
            Write(new LiveEvent
            {
                Normal = Energy(reading.Normal),
                Reverse = Energy(reading.Reverse),
                Power = Watts(reading.Power),
                CurrentR = Amperes(reading.CurrentR),
                CurrentT = Amperes(reading.CurrentT),
            }, JsonEvents.Written.LiveEvent);
        }

        private void Show()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                Write(new LogEvent { At = line.At, Level = line.Level.ToString(), Source = line.Source, Text = line.Text },
                    JsonEvents.Written.LogEvent);
            }

            TellState();
            if (_status.WiSun.HasChanged())
            {
                Write(new WiSunEvent(_status.WiSun.ToData()), JsonEvents.Written.WiSunEvent);
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                Write(new WifiEvent(wifi.ToData()), JsonEvents.Written.WifiEvent);
            }

            if (_status.PowerBudget.HasChanged())
            {
                Write(new PowerEvent(_status.PowerBudget.ToData()), JsonEvents.Written.PowerEvent);
            }

            if (_status.Refresh(out bool isLive))
            {
                WriteReading();
            }

            if (isLive)
            {
                WriteLive();
            }

            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    Write(new SkippedEvent(skipped), JsonEvents.Written.SkippedEvent);
                    skipped = 0;
                }

                Write(ToEvent(exchange), JsonEvents.Written.ExchangeEvent);
            }
        }

        private void TellState()
        {
            var state = (_status.Pairing, _status.PairingDetail, _status.PairingEpoch, _status.Light, _status.Metering,
                _status.Gaps, _status.HangRestarts);
            if (state != _told)
            {
                _told = state;
                Write(new StateEvent
                {
                    Pairing = _status.Pairing.ToString(),
                    Detail = _status.PairingDetail.ToString(),
                    Epoch = _status.PairingEpoch,
                    Light = _status.Light.ToString(),
                    Metering = _status.Metering.ToString(),
                    Gaps = _status.Gaps.Length == 0 ? null : _status.Gaps,
                    HungLoop = _status.HungLoop,
                    HangRestarts = _status.HangRestarts,
                }, JsonEvents.Written.StateEvent);
            }
        }
    }
}
