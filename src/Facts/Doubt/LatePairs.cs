namespace Facts;

/// <summary>
/// Finds the pairs that depend on how things stood on the day of a pledge or a delivery: pledges that repeat an earlier one, deliveries that came before their
/// pledge, and deliveries of a partner in a joint commitment (docs/semantics.md#doubt).
/// </summary>
internal sealed class LatePairs(PairList pairs, NearPairs near, KnownPairs? known, KnownFacts? knownFacts, ItemTree items, CancellationToken cancel)
{
    /// <summary>A pledge that may stand beside earlier facts, for a reason, as these stood on its day.</summary>
    readonly record struct Question(CandidateReason Reason, ComparedFact Pledge, Action<ComparedFact, PartitionOnDay> Ask);

    public void Find(IReadOnlyList<Partition> partitions)
    {
        foreach (var partition in partitions)
        {
            List<Question> questions = [.. RepeatedPledges(partition), .. EarlyDeliveries(partition)];
            if (questions.Count == 0) continue;
            Ask([.. questions.OrderBy(q => q.Pledge.Day)], new PartitionStates(partition, questions.Select(q => q.Pledge.Day)),
                knownFacts?.ChangedFrom(partition.Commitments.Concat<Fact>(partition.Deliveries)) ?? DateOnly.MinValue);
        }
        FindPartnerDeliveries(partitions);
    }

    // Up to the first day on which something has changed, the answers are the known ones.
    void Ask(List<Question> questions, PartitionStates states, DateOnly changedFrom)
    {
        var search = known?.Of((nameof(LatePairs), questions[0].Pledge));
        var same = 0;
        if (search is not null)
        {
            while (same < questions.Count && questions[same].Pledge.Day < changedFrom && search.Has(StepOf(questions[same]), same)) same++;
            pairs.AddKnown(search.TakeFirst(same));
        }
        for (var i = same; i < questions.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var found = pairs.Pairs.Count;
            questions[i].Ask(questions[i].Pledge, states.On(questions[i].Pledge.Day));
            search?.Add(StepOf(questions[i]), pairs.From(found));
        }

        KnownPairs.Step StepOf(Question question) => new(question.Pledge, question.Reason, states.Computed(question.Pledge.Day));
    }

    // Pledges that may repeat an earlier commitment of equal donors, recipient and unit. Commitments that nothing has changed need no state.
    List<Question> RepeatedPledges(Partition partition)
    {
        var questions = new List<Question>();
        var hasParts = partition.Commitments.Any(c => c.Wholes.Count > 0);
        var reach = new Reach(partition.Deliveries, items);
        var isUnchanged = !hasParts && partition.Deliveries.Count == 0 && partition.Commitments.All(c => c.Changes.Count == 0);
        foreach (var group in partition.Commitments.GroupBy(Bucket.Of))
        {
            var sorted = group.Select(c => c.Compared!).ToList();
            if (sorted.Count < 2 || ComparedFact.AreAllKeyedApart(sorted)) continue;
            sorted.Sort(ComparedFact.ByPlace);
            var unchanged = new CameToIndex(pairs);
            var (indexed, indexOf) = ((CameToIndex?)null, (PartitionOnDay?)null);
            var areFew = sorted.Count <= PairList.MaxPairs;
            var earlier = new EarlierCommitments(reach, hasParts, items);
            foreach (var pledge in sorted)
            {
                var mayRepeat = earlier.MayBeRepeatedBy(pledge);
                earlier.Add(pledge);
                if (isUnchanged)
                {
                    if (mayRepeat) Repeats(pledge, unchanged.Before(pledge));
                    unchanged.Add(new(pledge, null));
                }
                else if (mayRepeat) questions.Add(new(CandidateReason.AnnouncedAgain, pledge, RepeatsOnDay));
            }

            void RepeatsOnDay(ComparedFact pledge, PartitionOnDay state)
            {
                if (!areFew && state != indexOf) (indexed, indexOf) = (IndexOf(sorted, state), state);
                Repeats(pledge, indexed?.Before(pledge) ?? Before(pledge, sorted, state));
            }
        }
        return questions;

        CameToIndex IndexOf(List<ComparedFact> sorted, PartitionOnDay state)
        {
            var index = new CameToIndex(pairs);
            foreach (var fact in sorted) index.Add(CameToOn(state, fact));
            return index;
        }

        // All commitments before the pledge, the latest first. Of few, this is faster than an index.
        static IEnumerable<CameTo> Before(ComparedFact pledge, List<ComparedFact> sorted, PartitionOnDay state)
        {
            for (var i = sorted.Count - 1; i >= 0; i--)
                if (sorted[i].When.CompareTo(pledge.When) < 0) yield return CameToOn(state, sorted[i]);
        }

        static CameTo CameToOn(PartitionOnDay state, ComparedFact fact) => new(fact, state.Of((Commitment)fact.Fact));
    }

    void Repeats(ComparedFact pledge, IEnumerable<CameTo> earlier)
    {
        foreach (var commitment in earlier)
            if (commitment.ReasonFor(pledge) is { } reason && items.AreNested(commitment.Fact.Fact.Items, pledge.Fact.Items)
                && pairs.Room(reason, commitment.Fact) > 0 && !near.AreNear(commitment.Fact, pledge))
            {
                if (pairs.Room(reason, pledge) <= 1) return;
                pairs.Add(reason, commitment.Fact, pledge);
            }
    }

    // Deliveries without a key that ended at most 31 days before a pledge of equal donors, recipient and unit.
    List<Question> EarlyDeliveries(Partition partition)
    {
        var questions = new List<Question>();
        var deliveries = partition.Deliveries.Where(IsUnkeyed).Select(d => d.Compared!).Where(d => d.When.End != DateOnly.MaxValue)
            .GroupBy(d => Bucket.Of(d.Fact)).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.When.End).ToList());
        if (deliveries.Count == 0) return questions;
        foreach (var commitment in partition.Commitments)
        {
            var pledge = commitment.Compared!;
            if (Early(pledge).Any()) questions.Add(new(CandidateReason.CameBefore, pledge, CameBefore));
        }
        return questions;

        // The deliveries that may have come before the pledge, the latest first.
        IEnumerable<ComparedFact> Early(ComparedFact pledge)
        {
            if (!deliveries.TryGetValue(Bucket.Of(pledge.Fact), out var candidates)) yield break;
            for (var i = SortedSearch.First(candidates, pledge, static (delivery, pledge) => delivery.When.End < pledge.When.Begin); i < candidates.Count; i++)
                if (pledge.When.Begin.DayNumber - candidates[i].When.End.DayNumber > FirstFit.LongestSpan) yield break;
                else if (items.AllUnder(candidates[i].Fact.Items, pledge.Fact.Items)) yield return candidates[i];
        }

        void CameBefore(ComparedFact pledge, PartitionOnDay state)
        {
            if (!state.IsOpen((Commitment)pledge.Fact)) return;
            foreach (var delivery in Early(pledge))
            {
                if (pairs.Room(CandidateReason.CameBefore, pledge) <= 0) return;
                if (pairs.Room(CandidateReason.CameBefore, delivery) > 0 && state.IsUnpledged((Delivery)delivery.Fact))
                    pairs.Add(CandidateReason.CameBefore, delivery, pledge);
            }
        }
    }

    // Deliveries without a key of one donor, of which something went to no commitment, while only joint commitments of this donor and others were open.
    void FindPartnerDeliveries(IReadOnlyList<Partition> partitions)
    {
        var joint = partitions.SelectMany(p => p.Commitments, (p, c) => (Partition: p, Commitment: c)).Where(x => x.Commitment.Donors.Codes.Count > 1)
            .SelectMany(x => x.Commitment.Donors.Codes, (x, donor) => (Subject: (donor, x.Commitment.Recipient, x.Commitment.Unit), x.Partition, x.Commitment))
            .ToLookup(x => x.Subject, x => (x.Partition, x.Commitment));
        if (joint.Count == 0) return;
        var questions = new List<(DateOnly Day, ComparedFact Delivery, Partition Own, List<(Partition Partition, Commitment Commitment)> Joint)>();
        foreach (var own in partitions)
            foreach (var delivery in own.Deliveries.Where(d => IsUnkeyed(d) && d.Donors.Codes.Count == 1).Select(d => d.Compared!))
            {
                var open = joint[(delivery.Fact.Donors.Codes[0], delivery.Fact.Recipient, delivery.Fact.Unit)]
                    .Where(j => j.Commitment.Compared!.When.Begin <= delivery.Day && items.AllUnder(delivery.Fact.Items, j.Commitment.Items))
                    .OrderByDescending(j => j.Commitment.Compared!.When).ToList();
                if (open.Count > 0) questions.Add((delivery.Day, delivery, own, open));
            }
        var states = questions.SelectMany(q => q.Joint.Select(j => j.Partition).Append(q.Own).Distinct(), (q, p) => (p, q.Day))
            .GroupBy(x => x.p, x => x.Day).ToDictionary(g => g.Key, g => new PartitionStates(g.Key, g));
        foreach (var (day, delivery, own, candidates) in questions.OrderBy(q => q.Day))
        {
            cancel.ThrowIfCancellationRequested();
            var state = states[own].On(day);
            if (!state.IsUnpledged((Delivery)delivery.Fact) || state.Commitments.Any(c => MayTake(c.Commitment, delivery.Fact) && state.IsOpen(c.Commitment)))
                continue;
            foreach (var (partition, commitment) in candidates)
                if (pairs.Room(CandidateReason.PartnerDelivery, delivery) > 0 && pairs.Room(CandidateReason.PartnerDelivery, commitment.Compared!) > 0
                    && states[partition].On(day).IsOpen(commitment))
                    pairs.Add(CandidateReason.PartnerDelivery, delivery, commitment.Compared!);
        }
    }

    bool MayTake(Commitment commitment, Fact delivery) =>
        Bucket.Of(commitment) == Bucket.Of(delivery) && items.AllUnder(delivery.Items, commitment.Items);

    static bool IsUnkeyed(Delivery delivery) => delivery is { IsCumulative: false, IsExplicit: false, Key: null };
}
