using System;
using System.Buffers.Binary;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Simulators.Dlms;

using Order = NanoComm.Keys.Order;

namespace NanoComm.Tool
{
    /// <summary>The Order box of a metering unit, as the utility sees it.</summary>
    internal sealed class OrderBoxView
    {
        private const byte WaitingOrder = 2;
        private const byte Hint = 3;
        private const byte LatestAnswer = 4;
        private const byte Receipt = 6;
        private const byte Post = 1;

        // In a receipt: version, title of the metering unit.
        private const int UnitInReceipt = 9;
        private const int ReceiptLength = 81;

        private readonly MeterClient _meter;

        public OrderBoxView(MeterClient meter)
        {
            _meter = meter;
        }

        /// <summary>The order that waits; empty for none.</summary>
        public byte[] ReadOrder() => Octets(WaitingOrder);

        /// <summary>The hint of the order that waits; 0 for none.</summary>
        public uint ReadHint() => (uint)(CosemValue.ToNumber(Read(OrderBox.ClassId, OrderBox.Name, Hint)) ?? 1);

        /// <summary>The latest answer; empty for none.</summary>
        public byte[] ReadAnswer() => Octets(LatestAnswer);

        /// <summary>The communication unit that was paired here last.</summary>
        /// <returns>Null when the metering unit does not tell.</returns>
        public SystemTitle? ReadUnit()
        {
            try
            {
                byte[] receipt = CosemValue.ToOctets(_meter.Get(PairingObject.ClassId, PairingObject.Name, Receipt));
                return receipt is { Length: ReceiptLength } ? new SystemTitle(receipt.AsSpan(UnitInReceipt, SystemTitle.Length)) : null;
            }
            catch (MeterRefusal)
            {
                return null;
            }
        }

        /// <summary>Puts an order in.</summary>
        /// <param name="order">The order.</param>
        /// <param name="isToReplace">Whether in place of one that waits unanswered.</param>
        /// <returns>False when one waits, and is not to be replaced.</returns>
        /// <exception cref="UserError">The metering unit takes none.</exception>
        public bool TryPost(Order order, bool isToReplace)
        {
            // The hint decides nothing; it is the order's id as far as it goes, so that people see which one waits.
            uint hint = Math.Max(1, BinaryPrimitives.ReadUInt32BigEndian(order.Id.Span));
            byte[] parameter = new AxdrWriter().Structure(3).OctetString(order.Bytes).DoubleLongUnsigned(hint).Boolean(isToReplace).ToArray();
            try
            {
                _meter.Act(OrderBox.ClassId, OrderBox.Name, Post, parameter);
                return true;
            }
            catch (MeterRefusal refusal) when (refusal.Result == DataAccessResult.ReadWriteDenied && !isToReplace && ReadHint() != 0)
            {
                return false;
            }
            catch (MeterRefusal refusal)
            {
                throw refusal.Result == DataAccessResult.ObjectUndefined ? NoBox()
                    : new UserError($"the metering unit {_meter.Meter} does not take the order: {Describe(refusal)}");
            }
        }

        private static string Describe(MeterRefusal refusal) => (ActionResult)refusal.Result switch
        {
            ActionResult.TemporaryFailure => "its store did not take it; try again, and if it stays so the meter is broken",
            ActionResult.TypeUnmatched => "it takes the file for no order; is its Order box of version 0",
            ActionResult.ReadWriteDenied => "the utility may not post there",
            ActionResult other => $"action-result {(int)other}",
        };

        private byte[] Octets(byte attribute)
        {
            return CosemValue.ToOctets(Read(OrderBox.ClassId, OrderBox.Name, attribute))
                ?? throw new UserError($"the metering unit {_meter.Meter} has something else than an octet-string in attribute {attribute} of "
                    + $"its Order box, {OrderBox.Name}");
        }

        private byte[] Read(ushort classId, Obis name, byte attribute)
        {
            try
            {
                return _meter.Get(classId, name, attribute);
            }
            catch (MeterRefusal refusal)
            {
                throw refusal.Result is DataAccessResult.ObjectUndefined or DataAccessResult.ObjectClassInconsistent ? NoBox()
                    : new UserError($"the metering unit {_meter.Meter} does not let the utility read its Order box: {refusal.Message}");
            }
        }

        private UserError NoBox()
        {
            return new UserError($"the metering unit {_meter.Meter} has no Order box ({OrderBox.Name}): take the order to the unit by hand, "
                + "order post --store DIR or --port PORT");
        }
    }
}
