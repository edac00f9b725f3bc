using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Response;

// An incident from its creation through telephone, controllers, channel and inspector until it asks for a unit.
public sealed partial class Replica
{
    /// <summary>The next incident is created; everything about it is a function of its number.</summary>
    private void IncidentArrives()
    {
        var number = _number++;
        var arrived = _arrivals.Take();
        var (stream, zone, grade, need) = (arrived.Stream, arrived.Zone, arrived.Grade, arrived.Units);
        var rules = _rules[arrived.Kind];
        var counted = _counting;
        _events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Created, -1, number, grade, zone));
        var passedBack = false;
        if (_telephones && rules.TelephoneShare > 0 && stream.Uniform(Purpose.Telephone) < rules.TelephoneShare
            && !(rules.VulnerableShare > 0 && stream.Uniform(Purpose.Vulnerable) < rules.VulnerableShare))
        {
            passedBack = stream.Uniform(Purpose.PassBack) < rules.PassBackShare;
            if (!passedBack)
            {
                _tally.Cells[(_scenario.ZoneBorough[zone] * _grades) + grade].Telephone += counted ? 1 : 0;
                Trace?.Add(new TraceLine(_now, TraceKind.Telephone, -1, number, grade));
                return;
            }
        }

        if (need == 0)
        {
            need = 1;
            if (_needsSeveral && rules.UnitsNeeded.Length > 1)
            {
                var u = stream.Uniform(Purpose.UnitsNeeded);
                while (need < rules.UnitsNeeded.Length && u >= rules.UnitsNeeded[need - 1])
                {
                    need++;
                }
            }
        }

        var slot = OpenSlot();
        ref var incident = ref _incidents[slot];
        incident = default;
        incident.Stream = stream;
        incident.Number = number;
        incident.Zone = zone;
        incident.Borough = _scenario.ZoneBorough[zone];
        incident.Grade = grade;
        incident.Kind = arrived.Kind;
        incident.Scene = arrived.Scene;
        incident.Counted = counted;
        incident.Lead = -1;
        incident.Open = true;
        incident.Need = need;
        if (counted)
        {
            _pending++;
        }

        if (passedBack)
        {
            _wheel.Schedule(_now + rules.PassBackAfterSeconds, PassBack, slot, 0);
        }
        else
        {
            Join(slot, ref incident);
        }
    }

    /// <summary>An incident resolved by telephone at first needs an officer after all; its clock starts now.</summary>
    private void IncidentIsPassedBack(int slot)
    {
        _events++;
        Join(slot, ref _incidents[slot]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Join(int slot, ref Incident incident)
    {
        incident.Created = _now;
        incident.Hour = _hourOfWeek;
        incident.Needs = true;
        if (!_hasStages)
        {
            incident.Handled = incident.Aired = _now;
            AskForUnits(slot, ref incident);
            return;
        }

        incident.Joined = _now;
        var group = _scenario.BoroughGroup[incident.Borough];
        var seconds = _controllers[group].Exists ? _scenario.Groups[group].Handling[incident.Grade].Sample(incident.Stream, Purpose.Handling) : 0;
        QueueForControllers(slot, group, seconds);
    }

    private void QueueForControllers(int slot, int group, int seconds)
    {
        if (!_controllers[group].Exists)
        {
            JoinChannel(slot);
        }
        else if (_controllers[group].TryStart(_incidents[slot].Grade, slot, seconds))
        {
            StartHandling(group, slot, seconds);
        }
    }

    private void StartHandling(int group, int slot, int seconds)
    {
        if (_incidents[slot].Counted)
        {
            _tally.ControllerWaitSeconds[group] += _now - _incidents[slot].Joined;
        }

        _tally.ControllerBusySeconds[group] += Counted(_now, _now + seconds);
        Trace?.Add(new TraceLine(_now, TraceKind.HandlingStarts, -1, _incidents[slot].Number, seconds, group));
        _wheel.Schedule(_now + seconds, HandlingEnd, slot, group);
    }

    /// <summary>A controller has done with an incident and takes the next of the group.</summary>
    private void HandlingEnds(int slot, int group)
    {
        _events++;
        if (_controllers[group].TryNext(out var next, out var seconds))
        {
            StartHandling(group, next, seconds);
        }

        JoinChannel(slot);
    }

    private void JoinChannel(int slot)
    {
        ref var incident = ref _incidents[slot];
        incident.Handled = incident.Joined = _now;
        var group = GroupOf(slot);
        var seconds = _channels[group].Exists ? _scenario.Groups[group].DespatchAirTime.Sample(incident.Stream, Purpose.DespatchAir) : 0;
        QueueForChannel(slot, group, seconds);
    }

    private void QueueForChannel(int slot, int group, int seconds)
    {
        if (!_channels[group].Exists)
        {
            LeaveChannel(slot, group);
        }
        else
        {
            SetUnassigned(ref _incidents[slot], true);
            if (_channels[group].TryStart(_incidents[slot].Grade, slot, seconds))
            {
                StartAirTime(group, slot, seconds);
            }
        }
    }

    private void StartAirTime(int group, int slot, int seconds)
    {
        if (slot >= 0)
        {
            if (_incidents[slot].Counted)
            {
                _tally.ChannelWaitSeconds[group] += _now - _incidents[slot].Joined;
            }

            Trace?.Add(new TraceLine(_now, TraceKind.AirStarts, -1, _incidents[slot].Number, seconds, group));
        }

        _tally.ChannelBusySeconds[group] += Counted(_now, _now + seconds);
        _wheel.Schedule(_now + seconds, AirEnd, group, slot);
    }

    /// <summary>A message ends: the channel takes the next; if it was a despatch (slot not below 0), its incident goes on.</summary>
    private void AirTimeEnds(int group, int slot)
    {
        if (_channels[group].TryNext(out var next, out var seconds))
        {
            StartAirTime(group, next, seconds);
        }

        if (slot >= 0)
        {
            _events++;
            LeaveChannel(slot, group);
        }
    }

    /// <summary>Status messages load the channel at their incident's grade; no incident waits for its own.</summary>
    private void SendStatus(int unit, int slot, bool arrival)
    {
        ref var incident = ref _incidents[slot];
        ref var u = ref _units[unit];
        var group = GroupOf(slot);
        if (!_channels[group].Exists)
        {
            return;
        }

        var seconds = u.StatusSeconds;
        if (arrival)
        {
            var total = _scenario.Groups[group].StatusAirTime.Sample(incident.Stream, Purpose.StatusAir + u.SentAs);
            seconds = total / 2;
            u.StatusSeconds = total - seconds;
        }

        if (seconds > 0 && _channels[group].TryStart(incident.Grade, -1, seconds))
        {
            StartAirTime(group, -1, seconds);
        }
    }

    private void LeaveChannel(int slot, int group)
    {
        ref var incident = ref _incidents[slot];
        incident.Aired = incident.Joined = _now;
        _tally.GroupIncidents[group] += incident.Counted ? 1 : 0;
        var share = _rules[incident.Kind].DecisionShare;
        if (share > 0 && incident.Stream.Uniform(Purpose.NeedsDecision) < share)
        {
            QueueForInspector(slot, _scenario.Inspectors[_scenario.BoroughInspectors[incident.Borough]].Decision.Sample(incident.Stream, Purpose.Decision));
        }
        else
        {
            AskForUnits(slot, ref incident);
        }
    }

    private void QueueForInspector(int slot, int seconds)
    {
        var area = _scenario.BoroughInspectors[_incidents[slot].Borough];
        if (!_inspectors[area].Exists)
        {
            AskForUnits(slot, ref _incidents[slot]);
        }
        else
        {
            SetUnassigned(ref _incidents[slot], true);
            if (_inspectors[area].TryStart(_incidents[slot].Grade, slot, seconds))
            {
                StartDecision(area, slot, seconds);
            }
        }
    }

    private void StartDecision(int area, int slot, int seconds)
    {
        if (_incidents[slot].Counted)
        {
            _tally.InspectorWaitSeconds[area] += _now - _incidents[slot].Joined;
            _tally.InspectorDecisions[area]++;
        }

        _tally.InspectorBusySeconds[area] += Counted(_now, _now + seconds);
        Trace?.Add(new TraceLine(_now, TraceKind.DecisionStarts, -1, _incidents[slot].Number, seconds, area));
        _wheel.Schedule(_now + seconds, DecisionEnd, slot, area);
    }

    /// <summary>An inspector has decided on an incident and takes the next of the area.</summary>
    private void DecisionEnds(int slot, int area)
    {
        _events++;
        if (_inspectors[area].TryNext(out var next, out var seconds))
        {
            StartDecision(area, next, seconds);
        }

        AskForUnits(slot, ref _incidents[slot]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForUnits(int slot, ref Incident incident)
    {
        incident.Decided = _now;
        AskPool(slot, ref incident);
        if (!incident.Open || incident.Sent > 0)
        {
            return;
        }

        if (incident.Counted)
        {
            _tally.Cells[CellOf(ref incident)].FoundNone++;
        }

        if (_rules[incident.Kind].Lost)
        {
            Lose(slot);
        }
    }

    private void Lose(int slot)
    {
        ref var incident = ref _incidents[slot];
        Unqueue(ref incident);
        SetUnassigned(ref incident, false);
        if (incident.Counted)
        {
            _pending--;
            _tally.Cells[CellOf(ref incident)].Lost++;
            BookNeed(ref incident);
        }

        Trace?.Add(new TraceLine(_now, TraceKind.Lost, -1, incident.Number, incident.Grade));
        CloseSlot(slot, ref incident);
    }

    private void AskPool(int slot, ref Incident incident)
    {
        incident.Pool = _pools.AskedFirst[incident.Borough];
        SendUnits(slot, ref incident);
        if (!incident.Waiting)
        {
            return;
        }

        var rules = _rules[incident.Kind];
        if (_scenario.Mode == DespatchMode.BoroughThenCommandUnit && rules.WidenAfterSeconds >= 0)
        {
            _wheel.Schedule(_now + rules.WidenAfterSeconds, Widen, slot, incident.Number);
        }

        if (_scenario.Mode != DespatchMode.ForceWide && rules.ForceAfterSeconds >= 0)
        {
            _wheel.Schedule(_now + rules.ForceAfterSeconds, ForceAsked, slot, incident.Number);
        }
    }

    /// <summary>An incident that may have waited long enough for its own borough asks the whole command unit.</summary>
    private void SearchWidens(int slot, int number)
    {
        ref var incident = ref _incidents[slot];
        if (incident.Open && incident.Number == number && incident.Waiting && incident.Pool < _scenario.Boroughs)
        {
            AskWider(slot, _pools.OfUnit[incident.Borough]);
        }
    }

    /// <summary>An incident that may have waited long enough for its command unit asks the whole force.</summary>
    private void ForceIsAsked(int slot, int number)
    {
        ref var incident = ref _incidents[slot];
        var force = _scenario.Boroughs + _scenario.CommandUnits;
        if (incident.Open && incident.Number == number && incident.Waiting && incident.Pool < force)
        {
            AskWider(slot, force);
        }
    }

    private void AskWider(int slot, int pool)
    {
        _events++;
        Unqueue(ref _incidents[slot]);
        _incidents[slot].Pool = pool;
        Trace?.Add(new TraceLine(_now, TraceKind.Widens, -1, _incidents[slot].Number, pool));
        SendUnits(slot, ref _incidents[slot]);
    }
}
