using System;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The Order box (docs/orders.md): the utility posts a sealed order, the communication unit reads it and hands its
    /// answer in. What is in either this unit cannot read; it looks at no more than what an order begins with, and at
    /// the id by which an answer names its order.
    /// </summary>
    public sealed class OrderBox
    {
        /// <summary>Manufacturer-specific class.</summary>
        public const ushort ClassId = 8193;

        /// <summary>Method by which the utility puts an order in.</summary>
        public const byte PostMethod = 1;

        /// <summary>Method by which the communication unit hands an answer in.</summary>
        public const byte AnswerMethod = 2;

        /// <summary>Longest order.</summary>
        public const int MaxOrder = 256;

        /// <summary>Longest answer.</summary>
        public const int MaxAnswer = 200;

        /// <summary>Its logical name.</summary>
        public static readonly Obis Name = Obis.Parse("0.0.96.130.1.255");

        // In an order: label, length of part C, tag and length of the transaction-id. In an answer: version, title.
        private const int IdInOrder = 8;
        private const int IdInAnswer = 9;
        private const int IdLength = 16;

        private readonly MeteringUnitState _state;
        private readonly MeteringUnitFaults _faults;
        private readonly Func<DateTime> _time;

        /// <summary>Makes the object.</summary>
        /// <param name="state">What the unit keeps.</param>
        /// <param name="faults">How it misbehaves.</param>
        /// <param name="time">The metering clock.</param>
        public OrderBox(MeteringUnitState state, MeteringUnitFaults faults, Func<DateTime> time)
        {
            _state = state;
            _faults = faults;
            _time = time;
        }

        /// <summary>Says in a few words what came of a post or an answer.</summary>
        public event Action<SapKind, string> Done;

        private static ReadOnlySpan<byte> Label => "NCO1"u8;

        private OrderSlot Slot => _state.Orders;

        /// <summary>As the associations see it.</summary>
        public CosemObject ToObject()
        {
            const AccessRights metered = AccessRights.Metered;
            return new CosemObject(ClassId, 0, Name, metered)
            {
                Methods =
                [
                    new CosemMethod(PostMethod, SapKind.Utility, Post),
                    new CosemMethod(AnswerMethod, SapKind.Pairing, TakeAnswer),
                ],
            }
                .Constant(2, metered, to => to.OctetString(OrderGiven()))
                .Constant(3, metered, to => to.DoubleLongUnsigned(HintGiven()))
                .Constant(4, metered, to => to.OctetString(Slot.Answer));
        }

        private byte[] OrderGiven()
        {
            byte[] order = _faults.GivesOrder?.Invoke() ?? Slot.Order;
            return _faults.HalvesOrders ? order[..(order.Length / 2)] : order;
        }

        private uint HintGiven()
        {
            bool isNeverZero = _faults.AlwaysHints || _faults.GivesOrder != null;
            return Slot.Waiting == 0 && isNeverZero ? 1 : Slot.Waiting;
        }

        private ActionResult Post(Association association, byte[] parameter, AxdrWriter returned)
        {
            var reader = new AxdrReader(parameter);
            reader.Structure(3);
            byte[] order = reader.OctetString().ToArray();
            uint hint = reader.DoubleLongUnsigned();
            bool isToReplace = reader.Boolean();
            bool isOrder = reader.IsGoodToTheEnd && order.Length <= MaxOrder && order.AsSpan().StartsWith(Label);
            ActionResult result = !isOrder ? ActionResult.TypeUnmatched
                : Slot.Order.Length > 0 && !isToReplace ? ActionResult.ReadWriteDenied
                : Slot.Put(order, Math.Max(hint, 1)) ? ActionResult.Success
                : ActionResult.TemporaryFailure;
            return Note(result, association.Kind, SecurityEventCode.OrderPosted, SecurityEventCode.OrderRefused, result switch
            {
                ActionResult.Success => $"order posted, {order.Length} bytes",
                ActionResult.ReadWriteDenied => "order refused: another one waits unanswered",
                ActionResult.TypeUnmatched => "order refused: it is none",
                _ => "order refused: the store did not take it",
            });
        }

        private ActionResult TakeAnswer(Association association, byte[] parameter, AxdrWriter returned)
        {
            var reader = new AxdrReader(parameter);
            byte[] answer = reader.OctetString().ToArray();
            bool isAnswer = reader.IsGoodToTheEnd && answer.Length is >= 1 and <= MaxAnswer;
            bool isToTheOrder = isAnswer && Names(answer, Slot.Order);
            ActionResult result = !isAnswer ? ActionResult.TypeUnmatched
                : _faults.LosesAnswers || Slot.Keep(answer, isToTheOrder) ? ActionResult.Success
                : ActionResult.TemporaryFailure;
            return Note(result, association.Kind, SecurityEventCode.OrderAnswered, SecurityEventCode.AnswerRefused, result switch
            {
                ActionResult.Success when isToTheOrder => "answer to the order taken",
                ActionResult.Success => "answer taken; it is not to an order that waits here",
                ActionResult.TypeUnmatched => "answer refused: it is none",
                _ => "answer refused: the store did not take it",
            });
        }

        private ActionResult Note(
            ActionResult result, SapKind by, SecurityEventCode taken, SecurityEventCode refused, string text)
        {
            _state.Events.Add(_time(), result == ActionResult.Success ? taken : refused);
            Done?.Invoke(by, text);
            return result;
        }

        private static bool Names(byte[] answer, byte[] order)
        {
            return answer.Length >= IdInAnswer + IdLength && order.Length >= IdInOrder + IdLength
                && answer.Skip(IdInAnswer).Take(IdLength).SequenceEqual(order.Skip(IdInOrder).Take(IdLength));
        }
    }
}
