using System;
using System.Diagnostics;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Rig;
using NanoComm.Simulators;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.ExchangeSite;
using static NanoComm.Tests.Scenarios.OrderSite;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>An order through power cuts, one at every point there is: it is not taken, or taken and answered.</summary>
    internal static class OrderCutTests
    {
        private const int Baud = 115200;
        private const int MostLives = 6;
        private const int Settling = 30;
        private const int Patience = 20 * Minute;
        private const byte Bad = 9;
        private const uint Number = 200;
        private const int PhaseAt = 28;
        private const int AnswerAtOffset = 30;
        private const byte HandedOver = 2;

        [Test]
        public static void A_power_cut_at_any_point_leaves_an_order_not_taken_or_taken_and_answered(
            [Values] PowerSide side, [Values] bool areBothCut)
        {
            var site = new OrderSite(49);
            Order order = site.CutOff(Number, Bad);
            site.Post(order);
            (int durable, int messages) = Count(site, side);
            int points = 0;
            int taken = 0;
            var time = Stopwatch.StartNew();
            foreach (PowerCutMoment moment in Enum.GetValues<PowerCutMoment>())
            {
                for (int operation = 0; operation < durable + messages; operation++)
                {
                    var run = new Run(site, side, areBothCut);
                    run.Power.CutAt(operation, moment);
                    run.Complete(order, $"{side}, both: {areBothCut}, cut {moment} operation {operation}");
                    points++;
                    taken += run.WasTakenAtTheCut ? 1 : 0;
                }
            }

            TestContext.Out.WriteLine($"{side}{(areBothCut ? " and the other side" : "")}: {durable} durable operations, "
                + $"{messages} messages, {points} cut points, {taken} of them with the order taken, in {time.Elapsed.TotalSeconds:0.0} s");
            Assert.That(durable, Is.GreaterThan(side == PowerSide.Unit ? 8 : 2));
            Assert.That(messages, Is.GreaterThan(10));
            Assert.That(taken, Is.InRange(1, points - 1));
        }

        // The points that an order without a cut passes, from the start of the unit on.
        private static (int Durable, int Messages) Count(OrderSite site, PowerSide side)
        {
            var run = new Run(site, side, false);
            (int durable, int messages) = (run.Power.DurableWrites, run.Power.MessagesSent);
            run.Live();
            Assert.That(run.IsDone);
            return (run.Power.DurableWrites - durable, run.Power.MessagesSent - messages);
        }

        /// <summary>Copies of both media, and what happens with them.</summary>
        private sealed class Run
        {
            private readonly MeteringPoint _point;
            private readonly MemoryFiles _files;
            private readonly PowerSupply _unitPower = new();
            private readonly bool _areBothCut;
            private byte[] _answer = [];
            private bool _isTakingOff;
            private int _lives;

            public Run(OrderSite site, PowerSide side, bool areBothCut)
            {
                _point = new MeteringPoint(1, Start, new MemoryFiles(site.Exchange.Point.Files));
                _files = new MemoryFiles(site.Files);
                _areBothCut = areBothCut;
                Power = side == PowerSide.Unit ? _unitPower : _point.Power;
                _unitPower.Failed += () => Share(_point.Power);
                _point.Power.Failed += () => Share(_unitPower);
            }

            public PowerSupply Power { get; }

            public bool WasTakenAtTheCut { get; private set; }

            public bool IsDone
            {
                get
                {
                    byte[] record = AnswerOf(_point).Length == 0 ? [] : Record(_files, "order");
                    return record.Length > PhaseAt && record[PhaseAt] == HandedOver;
                }
            }

            public void Complete(Order order, string where)
            {
                int cuts = 0;
                while (!IsDone)
                {
                    Assert.That(++_lives, Is.LessThanOrEqualTo(MostLives), where);
                    bool isCut = !Live();
                    cuts += isCut ? 1 : 0;
                    CheckAfter(isCut, where);
                }

                Assert.That(cuts, Is.EqualTo(1), where);
                OrderAnswer answer = OrderSite.AnswerAt(_point.Server.State);
                Assert.That((answer.Number, answer.Result), Is.EqualTo((Number, OrderResult.Done)), where);
                Assert.That(answer.OrderId.ToArray(), Is.EqualTo(order.Id.ToArray()), where);
                Assert.That(Record(_files, "order")[AnswerAtOffset..], Is.EqualTo(answer.Bytes.ToArray()), where);
                Assert.That(_point.Server.State.Orders.Order, Is.Empty, where);
                Assert.That(Record(_files, "policy"), Is.Not.Empty, where);
            }

            // One life of the unit, from power to power; true when the order is answered.
            public bool Live()
            {
                SimulatedUnit unit = null;
                try
                {
                    unit = SimulatedUnit.At(_lives, _point, Baud, _files, _unitPower);
                    unit.Unit.Start();
                    unit.Scheduler.Run(() => _unitPower.IsOff || _point.Power.IsOff || IsDone, Patience);
                    if (!_unitPower.IsOff && !_point.Power.IsOff)
                    {
                        return true;
                    }

                    unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + Settling);
                    return false;
                }
                catch (PowerCutException) when (_unitPower.IsOff)
                {
                    // While it started.
                    return false;
                }
                finally
                {
                    TakeOff(unit);
                }
            }

            // What is taken has been written down before its effect, and what was answered once is the answer.
            private void CheckAfter(bool isCut, string where)
            {
                if (_point.Power.IsOff)
                {
                    _point.Restart();
                }

                _unitPower.Restore();
                byte[] record = Record(_files, "order");
                byte[] answer = AnswerOf(_point);
                WasTakenAtTheCut |= isCut && record.Length > 0;
                Assert.That(record.Length > 0 || Record(_files, "policy").Length == 0, where);
                Assert.That(answer.Length == 0 || (record[PhaseAt] > 0 && answer.AsSpan().SequenceEqual(record.AsSpan(AnswerAtOffset))), where);
                Assert.That(_answer.Length == 0 || _answer.AsSpan().SequenceEqual(answer), where);
                _answer = answer;
            }

            private static byte[] AnswerOf(MeteringPoint point) => point.Server.State.Orders.Answer;

            // Without power, so that it does not say goodbye.
            private void TakeOff(SimulatedUnit unit)
            {
                _isTakingOff = true;
                _unitPower.Cut();
                unit?.Dispose();
                _isTakingOff = false;
            }

            private void Share(PowerSupply other)
            {
                if (_areBothCut && !_isTakingOff)
                {
                    other.Cut();
                }
            }
        }
    }
}
