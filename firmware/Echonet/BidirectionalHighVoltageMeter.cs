using static NanoComm.Echonet.Access;
using static NanoComm.Echonet.HighVoltageValues;
using static NanoComm.Echonet.Kind;
using static NanoComm.Echonet.MeterValues;

namespace NanoComm.Echonet
{
    /// <summary>The bidirectional high-voltage smart electric energy meter, class 0x028F, Release R.</summary>
    public sealed class BidirectionalHighVoltageMeter : MeterObject
    {
        /// <summary>Makes the object.</summary>
        /// <param name="values">Where its values come from.</param>
        public BidirectionalHighVoltageMeter(HighVoltageValues values)
            : base(Eoj.BidirectionalHighVoltageMeter, values, HighVoltageMeter.CommonTable(), new byte[]
            {
                // EPC                      access             kind         source                  with
                Epc.RouteBId,               Get,               Octets,      RouteBId,               0,
                Epc.MaximumDemand,          Get,               TwoU32,      MaximumDemandNormal,    0,
                Epc.CumulativeDemand,       GetCumulative,     TwoU32,      CumulativeDemandNormal, 0,
                Epc.FixedTimeDemand,        GetInfAtFixedTime, TimedTwoU32, HalfHourDemandNormal,   HalfHourTime,
                Epc.ReverseDemandHistory,   Get,               DayHistory,  DemandHalfHoursReverse, Epc.HistoryDay,
                Epc.PowerFactorReactive,    GetLiveReactive,   TimedTwoU32, LagNormal,              ReadTime,
                Epc.FixedTimeReactive,      GetInfReactive,    TimedTwoU32, HalfHourLagNormal,      HalfHourTime,
                Epc.ReverseReactiveHistory, GetReactive,       DayHistory,  LagHalfHoursReverse,    Epc.HistoryDay,
                Epc.OneMinuteEnergy,        Get,               TimedTwoU32, MinuteNormal,           MinuteTime,
                Epc.OneMinuteReactive,      GetReactive,       TimedTwoU32, MinuteLagNormal,        MinuteTime,
                Epc.LagEnergy,              GetLiveReactive,   TimedTwoU32, LagNormal,              ReadTime,
                Epc.LeadEnergy,             GetLiveReactive,   TimedTwoU32, LeadNormal,             ReadTime,
                Epc.ActiveEnergy,           GetLive,           TimedTwoU32, Normal,                 ReadTime,
                Epc.FixedTimeActive,        GetInfAtFixedTime, TimedTwoU32, HalfHourNormal,         HalfHourTime,
                Epc.PowerFactorActive,      GetLiveReactive,   TimedTwoU32, Normal,                 ReadTime,
                Epc.ReverseHistory,         Get,               DayHistory,  HalfHoursReverse,       Epc.HistoryDay,
                Epc.BidirectionalPower,     GetLive,           U32,         Power,                  0,
                Epc.BidirectionalCurrents,  GetLive,           TwoU32,      CurrentR,               0,
                Epc.ActiveMinutes,          Get,               Rows,        Minutes,                Epc.MinutesTime,
                Epc.ReactiveMinutes,        GetReactive,       Rows,        LagMinutes,             Epc.MinutesTime,
                Epc.MinutesTime,            GetSet,            RowSelector, Minutes,                10,
            })
        {
        }
    }
}
