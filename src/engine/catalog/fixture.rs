//! A catalogue of a few rows, for the tests of this module.

use std::collections::BTreeMap;

use super::{CORE_FILE, Catalog, Packs, build, load_core};

/// Source tables with one of everything.
pub(super) fn tables() -> BTreeMap<String, String> {
    let rows = [
        ("meta", "key,value\nas_of,2026-01-31\n"),
        (
            "sources",
            "id,title,url,as_of,licence\nlist,Price list,https://example.com/list,2026-01-01,MIT\nold,Old list,,2020,\nsurvey,Search,,2026-01-31,\n",
        ),
        ("providers", "id,name\na,Provider A\n"),
        (
            "regions",
            "id,name,country,latitude,longitude\na/two,Two,DE,50.1,8.7\na/one,One,US,-38.95,-77.5\na/three,Three,FR,1,2\nsite,Own site,,,\n",
        ),
        (
            "services",
            "id,name,provider,min_hosts,max_hosts,max_clusters,max_hosts_total,billing,vmware_included,management_mhz,management_vcpus,management_memory_gib,\
             management_storage_gib,fee_status,fee_currency,fee_source,fee_note,sources,note,stretched_min,stretched_max\n\
             metal,Metal service,a,3,16,2,30,hourly,no,9000,,212,100,ask,USD,survey,Control plane,list,Of the service,4,16\n\
             server,Server to buy,,2,64,9,99,purchase,no,,0,0,0,,,,,old,,,\n",
        ),
        (
            "hosts",
            "id,service,host_type,availability,open_to_new,cpu_model,sockets,cores,mhz,memory_gib,raw_storage,vsan,network_mbps,sources,note,behind,storage_host_type\n\
             metal/x,metal,x.metal,sold,yes,Xeon,2,36,2300,512,11400 GB,osa;esa,25000,old list,Of the host,,x.so\n\
             server/s,server,Server,sold,yes,Xeon,2,64,2000,1024,0 GB,,0,,,,\n",
        ),
        ("spare_hosts", "service,free_days,source,note\nmetal,7,old,Replaced\n"),
        (
            "host_regions",
            "offering,region,source,note,zones,stretched\nmetal/x,a/one,list,,1 2*,yes\nmetal/x,a/two,list,few left,,no\nmetal/x,a/three,list,,,no\nserver/s,site,old,,,no\n",
        ),
        (
            "host_prices",
            "offering,region,term,amount,currency,status,source,note\nmetal/x,a/one,on_demand,8.3681,USD,listed,list,\nmetal/x,*,on_demand,,USD,ask,survey,Ask\n\
             metal/x,*,three_years,,USD,ask,survey,Ask\nserver/s,site,on_demand,25600,USD,assumed,old,400 USD for each core\n",
        ),
        (
            "host_price_rules",
            "offering,region,term,from_region,from_term,factor,ratio_of,status,source,note\n\
             metal/x,*,on_demand,a/one,on_demand,,mm,derived,old,One × {ratio}\nmetal/x,*,one_year,=,on_demand,0.7,,indicative,old,0.7 × on demand\n",
        ),
        (
            "price_ratios",
            "provider,family,base_region,region,ratio,source,note\na,mm,a/one,a/two,1.25,old,\na,m,a/one,a/two,1.19792,old,\n",
        ),
        (
            "instance_families",
            "provider,name,purpose,arm,by_default,note\na,m,general purpose,no,yes,\na,t,burstable,no,no,slow\na,g,general purpose,yes,no,Arm\na,o,general purpose,no,else,earlier\na,oc,compute,no,else,earlier\n",
        ),
        (
            "instance_types",
            "provider,name,family,vcpus,memory_mib,network_mbps,source\na,m.large,m,2,8192,10000,list\na,m.xlarge,m,4,16384,10000,list\na,t.small,t,2,2048,0,list\n\
             a,g.large,g,2,8192,0,list\na,o.large,o,2,8192,0,list\na,oc.large,oc,2,4096,0,list\n",
        ),
        (
            "instance_prices",
            "region,type,os,term,amount,currency,status,source,note\na/one,m.large,linux,on_demand,0.1008,USD,listed,list,\n\
             a/one,m.large,linux,one_year,0.0504,USD,listed,list,\na/one,m.xlarge,linux,on_demand,0.2016,USD,listed,list,\n\
             a/one,t.small,linux,on_demand,0.02,USD,listed,list,\na/one,t.small,windows,on_demand,0.0338,USD,listed,list,\n\
             a/one,g.large,linux,on_demand,0.08,USD,listed,list,\na/two,o.large,linux,on_demand,0.09,USD,listed,list,\n             a/two,oc.large,linux,on_demand,0.07,USD,listed,list,\n",
        ),
        (
            "instance_terms",
            "provider,family,term,ratio,status,source,note\na,m,one_year,0.6,derived,old,On demand × 0.6\n",
        ),
        (
            "instance_windows",
            "provider,arm,per_vcpu_hour,currency,status,source,note\na,no,0.046,USD,derived,old,Linux + 0.046 each\na,yes,,USD,ask,survey,No Windows on Arm\n",
        ),
        (
            "disk_kinds",
            "kind,provider,by_default,boots,min_gib,max_gib,included_iops,max_iops,included_mibps,max_mibps,milli_iops_per_gib,milli_mibps_per_gib,max_iops_per_gib,milli_mibps_per_iops,source,note\ngp,a,yes,yes,1,16384,3000,16000,125,1000,0,0,500,250,list,\n",
        ),
        ("instance_sustained", "provider,family,ratio,source,note\na,m,0.8,old,A whole month\n"),
        ("commitments", "service,term,off_pct,source,note\ns,one_year,24.4,old,Paid monthly\n"),
        (
            "flexible_shapes",
            "provider,family,region,vcpu_step,min_vcpus,max_vcpus,min_mib_per_vcpu,max_mib_per_vcpu,memory_step_mib,per_vcpu_hour,per_gib_hour,currency,status,source,note\n\
             a,m,a/one,2,2,80,512,8192,256,0.03,0.004,USD,derived,old,Taken apart\n",
        ),
        ("instance_matrix_a", "type,os,term,source,note,one\nt.small,linux,three_years,list,,0.01\n"),
        (
            "egress",
            "region,to,from_gib,amount,currency,status,source,note\na/one,internet,0,0.09,USD,listed,list,\na/one,internet,100,0.05,USD,listed,list,\n\
             a/*,internet,0,0.1,USD,indicative,old,Elsewhere\na/one,region,0,0.02,USD,listed,list,\n",
        ),
        (
            "support_plans",
            "provider,plan,min_month,from_spend,pct,currency,status,source,note\na,Gold,100,0,10,USD,listed,list,\na,Gold,100,10000,2.5,USD,listed,list,\n",
        ),
        (
            "service_prices",
            "region,service,item,per,amount,currency,status,source,note\na/one,Link,port,hour,0.3,USD,listed,list,\na/*,Link,port,hour,,USD,ask,survey,Ask\n",
        ),
        ("carbon_grid", "region,grams_per_kwh,source,note\na/one,379.07,old,\n"),
        (
            "carbon_providers",
            "provider,pue,min_watts,max_watts,watts_source,pue_source,note\na,1.135,0.74,3.5,old,old,Median\n",
        ),
        (
            "disk_prices",
            "region,kind,per,amount,currency,status,source,note\na/one,gp,gib,0.08,USD,listed,list,\na/one,gp,iops,0.005,USD,listed,list,\n",
        ),
    ];
    rows.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The tables packed.
pub(super) fn packs() -> Packs {
    build(&tables()).unwrap_or_else(|error| panic!("{error}"))
}

/// The packs loaded, instances and all.
pub(super) fn catalog() -> Catalog {
    let packs = packs();
    let mut catalog = load_core(&packs[CORE_FILE]).expect("the core loads");
    for name in packs
        .keys()
        .filter(|name| name.starts_with("types-"))
        .chain(packs.keys().filter(|name| name.starts_with("instances-")))
    {
        catalog.load_instances(&packs[name]).expect("instances load");
    }
    catalog
}
